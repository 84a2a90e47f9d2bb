"""Why a defendant gets no text, in words that a court officer can act on."""

from __future__ import annotations

from enum import StrEnum

# The kinds of text, as the outbox names them.
KIND = "court_reminder"
CORRECTION = "court_correction"


class NotTexted(StrEnum):
    """The one reason why nobody is texted about a hearing (domain.md 5.4)."""

    NOT_LISTED = "not_listed"
    UNCLEAR = "unclear"
    PAST = "past"
    TYPE_UNKNOWN = "type_unknown"
    TYPE = "type"
    CUSTODY = "custody"
    REMAND_UNKNOWN = "remand_unknown"
    AGE_UNKNOWN = "age_unknown"
    UNDER_18 = "under_18"
    DO_NOT_TEXT = "do_not_text"
    COURT_CLOSED = "court_closed"
    COURT_OUTSIDE = "court_outside"
    COURT_UNVERIFIED = "court_unverified"
    NO_TIME = "no_time"
    NO_NUMBER = "no_number"
    NOT_A_NUMBER = "not_a_number"
    LANDLINE = "landline"
    NOT_A_UK_MOBILE = "not_a_uk_mobile"
    INTERPRETER = "interpreter"
    VICTIM_NUMBER = "victim_number"
    WORDS = "words"
    # Why somebody is marked not to be texted (peers.md C18).
    WANTED = "wanted"
    AT_LARGE = "at_large"
    VIDEO_LINK = "video_link"
    SOLICITOR = "solicitor"
    RISK = "risk"
    WRONG_NUMBER = "wrong_number"
    EXCLUDED = "excluded"
    WISH = "wish"
    # Of a correction alone.
    NOTHING_TO_CORRECT = "nothing_to_correct"
    CORRECTED_ONCE = "corrected_once"
    NUMBER_CHANGED = "number_changed"
    OTHER_HEARING = "other_hearing"
    TOO_LATE = "too_late"
    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    WRONG_PERSON = "wrong_person"

    @property
    def label(self) -> str:
        """The reason in a few words, for a list."""
        return SENTENCES[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return SENTENCES[self][1]

    @property
    def call_instead(self) -> bool:
        """Whether a person should ring: the defendant must come, but cannot be texted."""
        return self in CALL_LIST


SENTENCES: dict[NotTexted, tuple[str, str]] = {
    NotTexted.NOT_LISTED: ("Not listed any more", "Nothing to do."),
    NotTexted.UNCLEAR: (
        "The list says a word of it that cannot be read",
        "Ask the court whether it goes ahead. Then move it, or take it off the list.",
    ),
    NotTexted.PAST: ("The hearing is over or about to begin", "Record what came of it."),
    NotTexted.TYPE_UNKNOWN: (
        "Hearing type not known",
        "Ask the court what sort of hearing it is and correct the list.",
    ),
    NotTexted.TYPE: ("Not a hearing that gets a reminder", "Nothing to do."),
    NotTexted.CUSTODY: ("In custody", "The prison brings them to court."),
    NotTexted.REMAND_UNKNOWN: (
        "Bail or custody not known",
        "Find out whether they are in custody: nobody in custody is texted.",
    ),
    NotTexted.AGE_UNKNOWN: (
        "Age not known",
        "Find out the date of birth: only adults are texted.",
    ),
    NotTexted.UNDER_18: (
        "Under 18 on the day",
        "The youth offending team tells them and their parents.",
    ),
    NotTexted.DO_NOT_TEXT: ("Marked not to be texted", "Respect the mark."),
    NotTexted.COURT_CLOSED: ("The court is closed", "Ask where the hearing will be."),
    NotTexted.COURT_OUTSIDE: (
        "Court outside the county",
        "That county's own service reminds them.",
    ),
    NotTexted.COURT_UNVERIFIED: (
        "Court's address not verified",
        "Check the court's address and postcode, then mark it verified.",
    ),
    NotTexted.NO_TIME: ("No time of day known", "Ask the court for the time."),
    NotTexted.NO_NUMBER: ("No number", "Ask the officer or the solicitor for a mobile number."),
    NotTexted.NOT_A_NUMBER: (
        "The number cannot be read",
        "Look at what was typed and correct it.",
    ),
    NotTexted.LANDLINE: ("Landline: cannot be texted", "Ring it, and ask for a mobile number."),
    NotTexted.NOT_A_UK_MOBILE: (
        "Not a UK mobile",
        "Ask for a mobile number of the United Kingdom.",
    ),
    NotTexted.INTERPRETER: (
        "Needs an interpreter, and no text in that language is approved",
        "Ring with an interpreter.",
    ),
    NotTexted.VICTIM_NUMBER: (
        "Held back: someone we protect has this number",
        "Do not ring or text it. Ask the officer for another number.",
    ),
    NotTexted.WORDS: (
        "The words do not make a text that may be sent",
        "Look at the name of the court, correct it, or ring.",
    ),
    NotTexted.WANTED: (
        "Wanted on a warrant",
        "Ask the court first. Take the mark away once the warrant is ended.",
    ),
    NotTexted.AT_LARGE: ("Unlawfully at large", "Nothing to send: ask the officer."),
    NotTexted.VIDEO_LINK: (
        "Comes by video link from prison",
        "The prison sees to it that they appear.",
    ),
    NotTexted.SOLICITOR: (
        "Asked to be reached through their solicitor",
        "Tell the solicitor of the day and the time.",
    ),
    NotTexted.RISK: (
        "A text could put somebody at risk",
        "Do not text or ring. Ask the officer how they are told.",
    ),
    NotTexted.WRONG_NUMBER: (
        "Somebody else answers the number",
        "Do not ring it. Ask the officer for another number.",
    ),
    NotTexted.EXCLUDED: (
        "Kept out of this service",
        "Ask whoever kept them out of it how they are told.",
    ),
    NotTexted.WISH: (
        "Asked not to be texted",
        "Ring them: they must come to court all the same.",
    ),
    NotTexted.NOTHING_TO_CORRECT: ("What they were told is true", "Nothing to do."),
    NotTexted.CORRECTED_ONCE: (
        "It changed again after it was corrected once",
        "Ring them, and say what is true now.",
    ),
    NotTexted.NUMBER_CHANGED: (
        "The reminder went to another number",
        "Ring them, and say what is true now.",
    ),
    NotTexted.OTHER_HEARING: (
        "They have another hearing on that day",
        "Ring them: a text that one is off could keep them from the other.",
    ),
    NotTexted.TOO_LATE: (
        "Too late to text about the change",
        "Ring them now, and say what is true.",
    ),
    NotTexted.OPTED_OUT: (
        "Cannot be texted: they asked not to be",
        "Ring them. Asking for no texts does not change the duty to come.",
    ),
    NotTexted.BAD_NUMBER: (
        "Cannot be texted: the provider says that the number takes no texts",
        "Ring it, and ask for a mobile number.",
    ),
    NotTexted.WRONG_PERSON: (
        "Cannot be texted: somebody else answers this number",
        "Do not ring it. Ask the officer or the solicitor for their own number.",
    ),
}

CALL_LIST = frozenset(
    {
        *(NotTexted.NO_TIME, NotTexted.LANDLINE, NotTexted.NOT_A_UK_MOBILE, NotTexted.INTERPRETER),
        *(NotTexted.WISH, NotTexted.WORDS, NotTexted.CORRECTED_ONCE, NotTexted.NUMBER_CHANGED),
        *(NotTexted.OTHER_HEARING, NotTexted.TOO_LATE),
        *(NotTexted.OPTED_OUT, NotTexted.BAD_NUMBER),
    }
)


class TextBar(StrEnum):
    """Why a defendant is marked not to be texted, where a person or a warrant says why."""

    WISH = "wish"
    SOLICITOR = "solicitor"
    RISK = "risk"
    WRONG_NUMBER = "wrong_number"
    WANTED = "wanted"
    AT_LARGE = "at_large"
    VIDEO_LINK = "video_link"
    EXCLUDED = "excluded"

    @property
    def reason(self) -> NotTexted:
        """The reason that it gives on a list."""
        return NotTexted(self.value)

    @property
    def label(self) -> str:
        """The reason in a few words."""
        return self.reason.label
