"""What happens to a crime, in the investigation, at court and afterwards."""

from __future__ import annotations

from enum import StrEnum


class Milestone(StrEnum):
    """Something that happened in the investigation, at court or afterwards."""

    CRIME_REPORTED = "crime_reported"
    NOT_INVESTIGATED = "not_investigated"
    ARRESTED = "arrested"
    INTERVIEWED_UNDER_CAUTION = "interviewed_under_caution"
    RELEASED_WITHOUT_CHARGE = "released_without_charge"
    BAILED = "bailed"
    RELEASED_UNDER_INVESTIGATION = "released_under_investigation"
    BAIL_CHANGED = "bail_changed"
    OUT_OF_COURT_CONSIDERED = "out_of_court_considered"
    OUT_OF_COURT_DISPOSAL = "out_of_court_disposal"
    CHARGED = "charged"
    NOT_CHARGED = "not_charged"
    STOPPED_OR_ALTERED = "stopped_or_altered"
    HEARING_LISTED = "hearing_listed"
    HEARING_HELD = "hearing_held"
    BAIL_HEARING_OUTCOME = "bail_hearing_outcome"
    WARRANT_ISSUED = "warrant_issued"
    PLEADED_GUILTY = "pleaded_guilty"
    PLEADED_NOT_GUILTY = "pleaded_not_guilty"
    REQUIRED_AS_WITNESS = "required_as_witness"
    SPECIAL_MEASURES_DECIDED = "special_measures_decided"
    TRIAL_OUTCOME = "trial_outcome"
    SENTENCED = "sentenced"
    APPEAL = "appeal"
    EXPENSES_CLAIMED = "expenses_claimed"
    PROPERTY_NO_LONGER_NEEDED = "property_no_longer_needed"
    RELEASE_PLANNED = "release_planned"
    COMPLAINT_RECEIVED = "complaint_received"
    REVIEW_REQUESTED = "review_requested"
    CPS_REVIEW_REQUESTED = "cps_review_requested"
    BANK_CLAIM_MADE = "bank_claim_made"

    @property
    def label(self) -> str:
        """What happened, in a few words."""
        return MILESTONE_LABELS[self]


MILESTONE_LABELS: dict[Milestone, str] = {
    Milestone.CRIME_REPORTED: "Crime reported",
    Milestone.NOT_INVESTIGATED: "Decision not to investigate",
    Milestone.ARRESTED: "Suspect arrested",
    Milestone.INTERVIEWED_UNDER_CAUTION: "Suspect interviewed under caution",
    Milestone.RELEASED_WITHOUT_CHARGE: "Suspect released without charge",
    Milestone.BAILED: "Suspect released on police bail",
    Milestone.RELEASED_UNDER_INVESTIGATION: "Suspect released under investigation",
    Milestone.BAIL_CHANGED: "Police bail conditions changed or cancelled",
    Milestone.OUT_OF_COURT_CONSIDERED: "Out-of-court disposal considered",
    Milestone.OUT_OF_COURT_DISPOSAL: "Out-of-court disposal given",
    Milestone.CHARGED: "Suspect charged",
    Milestone.NOT_CHARGED: "Decision not to charge",
    Milestone.STOPPED_OR_ALTERED: "Case stopped or charge substantially altered",
    Milestone.HEARING_LISTED: "Hearing listed",
    Milestone.HEARING_HELD: "Hearing held",
    Milestone.BAIL_HEARING_OUTCOME: "Bail hearing decided",
    Milestone.WARRANT_ISSUED: "Arrest warrant issued",
    Milestone.PLEADED_GUILTY: "Guilty plea",
    Milestone.PLEADED_NOT_GUILTY: "Not guilty plea",
    Milestone.REQUIRED_AS_WITNESS: "Required to give evidence",
    Milestone.SPECIAL_MEASURES_DECIDED: "Special measures application decided",
    Milestone.TRIAL_OUTCOME: "Trial ended",
    Milestone.SENTENCED: "Offender sentenced",
    Milestone.APPEAL: "Appeal made",
    Milestone.EXPENSES_CLAIMED: "Expenses claim received",
    Milestone.PROPERTY_NO_LONGER_NEEDED: "Property no longer needed as evidence",
    Milestone.RELEASE_PLANNED: "Offender's release planned",
    Milestone.COMPLAINT_RECEIVED: "Complaint received",
    Milestone.REVIEW_REQUESTED: "Review of a police decision asked for",
    Milestone.CPS_REVIEW_REQUESTED: "Review of a CPS decision asked for",
    Milestone.BANK_CLAIM_MADE: "Claim made to the bank",
}
