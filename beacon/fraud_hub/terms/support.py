"""What a support plan of a fraud case may hold (domain.md 4.6), and what became of each item."""

from __future__ import annotations

from enum import StrEnum


class SupportKind(StrEnum):
    """One item of the reference list of support (domain.md 4.6)."""

    CALL_BLOCKER = "call_blocker"
    TELEPHONE_PREFERENCE = "telephone_preference"
    MAIL_PREFERENCE = "mail_preference"
    SCAM_MAIL = "scam_mail"
    CIFAS = "cifas"
    CREDIT_FILE = "credit_file"
    BANK_TOLD = "bank_told"
    DEVICES = "devices"
    REPORTING = "reporting"
    DOORSTEP = "doorstep"
    DOORBELL = "doorbell"
    MEMO_CAM = "memo_cam"
    TRUSTED_PEOPLE = "trusted_people"
    OTHER_SERVICES = "other_services"
    SCAM_MARSHAL = "scam_marshal"
    OMBUDSMAN = "ombudsman"
    RECOVERY_WARNING = "recovery_warning"

    @property
    def label(self) -> str:
        """The item as a page says it."""
        return SUPPORT_LABELS[self]

    @property
    def fact(self) -> str:
        """What an officer has to know of it, in a sentence or two."""
        return SUPPORT_FACTS[self]

    @property
    def is_equipment(self) -> bool:
        """Whether it is a thing with a serial number that may be lent."""
        return self in EQUIPMENT


SUPPORT_LABELS: dict[SupportKind, str] = {
    SupportKind.CALL_BLOCKER: "Call blocker",
    SupportKind.TELEPHONE_PREFERENCE: "Telephone Preference Service",
    SupportKind.MAIL_PREFERENCE: "Mailing Preference Service and Door to Door opt-out",
    SupportKind.SCAM_MAIL: "Mail redirected or scam mail stopped",
    SupportKind.CIFAS: "Cifas Protective Registration",
    SupportKind.CREDIT_FILE: "Credit file checked, notice of correction",
    SupportKind.BANK_TOLD: "Bank told: cards stopped, new account, recall",
    SupportKind.DEVICES: "Passwords, 2-step verification, devices checked",
    SupportKind.REPORTING: "How to report scam texts and e-mails",
    SupportKind.DOORSTEP: "Doorstep: sign, door chain, nominated neighbour",
    SupportKind.DOORBELL: "Video doorbell",
    SupportKind.MEMO_CAM: "Memo camera",
    SupportKind.TRUSTED_PEOPLE: "Power of attorney, mandate, trusted contact",
    SupportKind.OTHER_SERVICES: "Other services: health, social care, debt, Trading Standards",
    SupportKind.SCAM_MARSHAL: "Friends Against Scams or Scam Marshal",
    SupportKind.OMBUDSMAN: "Ombudsman complaint drafted",
    SupportKind.RECOVERY_WARNING: "Warned of recovery fraud",
}
SUPPORT_FACTS: dict[SupportKind, str] = {
    SupportKind.CALL_BLOCKER: "Given, fitted or lent. Write down its serial number.",
    SupportKind.TELEPHONE_PREFERENCE: (
        "Free, registered once. It stops lawful marketing only, and scam callers pretend to be it."
    ),
    SupportKind.MAIL_PREFERENCE: "Both are free. The first covers addressed mail from its members.",
    SupportKind.SCAM_MAIL: "Scam mail is reported to Royal Mail, which can stop it on its way.",
    SupportKind.CIFAS: (
        "£30 for two years, online only, for individuals only. Members make extra checks. "
        "It does not change a credit score."
    ),
    SupportKind.CREDIT_FILE: "Three agencies: Experian, Equifax and TransUnion.",
    SupportKind.BANK_TOLD: "Call 159 to reach the bank's fraud team.",
    SupportKind.DEVICES: "Take remote access tools off the device first.",
    SupportKind.REPORTING: "Texts are sent on to 7726, e-mails to report@phishing.gov.uk.",
    SupportKind.DOORSTEP: "A sign for cold callers, a chain, and a neighbour who is asked first.",
    SupportKind.DOORBELL: "Given, fitted or lent. Write down its serial number.",
    SupportKind.MEMO_CAM: "Plays a message when somebody comes to the door. Often lent.",
    SupportKind.TRUSTED_PEOPLE: "Ask the bank for a cooling-off period on the account too.",
    SupportKind.OTHER_SERVICES: (
        "GP, adult social care, mental health, StepChange, National Debtline, Age UK, "
        "Citizens Advice. Trading Standards: 0808 223 1133."
    ),
    SupportKind.SCAM_MARSHAL: "For those who want to warn others.",
    SupportKind.OMBUDSMAN: (
        "After the final response, or 15 working days after a complaint about a payment (8 weeks "
        "for a card); within 6 months of the response."
    ),
    SupportKind.RECOVERY_WARNING: "Always given: nobody honest asks a fee to get money back.",
}
EQUIPMENT = (SupportKind.CALL_BLOCKER, SupportKind.DOORBELL, SupportKind.MEMO_CAM)


class SupportState(StrEnum):
    """How an item was given, and what became of it."""

    ADVISED = "advised"
    GIVEN = "given"
    FITTED = "fitted"
    LENT = "lent"
    RETURNED = "returned"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "advised": "Advised",
            "given": "Given to keep",
            "fitted": "Fitted",
            "lent": "Lent, to come back",
            "returned": "Lent, and back",
            "lost": "Lent, and will not come back",
        }[self]


STARTS = (SupportState.ADVISED, SupportState.GIVEN, SupportState.FITTED, SupportState.LENT)
ENDS_OF_LOAN = (SupportState.RETURNED, SupportState.LOST)
CHECK_MONTHS = (3, 12)  # after the first support: whether they were victims again


class RepeatOutcome(StrEnum):
    """What a check of re-victimisation found."""

    NOT_AGAIN = "not_again"
    AGAIN_LOST = "again_lost"
    AGAIN_STOPPED = "again_stopped"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "not_again": "Not a victim again",
            "again_lost": "A victim again, and lost money",
            "again_stopped": "Approached again, and lost nothing",
            "not_reached": "Could not be reached",
            "declined": "Does not want to be asked",
        }[self]


# Whom the repeat rate counts: those who could be asked. Approached but unharmed is no repeat.
ASKED = (RepeatOutcome.NOT_AGAIN, RepeatOutcome.AGAIN_LOST, RepeatOutcome.AGAIN_STOPPED)
