"""What the log says of restorative justice, of disposals, and of who is called to court."""

from __future__ import annotations

ACTIONS = {
    "crime.suspect_known": "Said that somebody is known to have done it",
    "disposal.asked": "Victim asked for their view of a disposal",
    "disposal.considered": "Out-of-court disposal considered",
    "disposal.decided": "Decision about an out-of-court disposal recorded",
    "disposal.no_view": "Victim does not want to give a view of a disposal",
    "disposal.passed": "View of a disposal passed to the police",
    "disposal.taken_back": "Step with an out-of-court disposal taken back",
    "disposal.tried": "Tried to ask for a view of a disposal",
    "disposal.view": "Victim's view of a disposal recorded",
    "measure.proposed": "Special measure proposed",
    "measure.step": "Step of a special measure recorded",
    "restorative.answered": "Answer about restorative justice recorded",
    "restorative.explained": "Restorative justice explained",
    "restorative.informed": "Information about restorative justice recorded",
    "restorative.not_known": "No known offender after all",
    "restorative.outcome": "Outcome of restorative justice recorded",
    "restorative.referred": "Referral to restorative justice recorded",
    "restorative.requested": "Request for restorative justice recorded",
    "restorative.ruled": "Decision about a blocked offer recorded",
    "restorative.satisfaction": "Satisfaction with restorative justice recorded",
    "restorative.started": "Offender of an offer added",
    "restorative.taken_back": "Step of an offer taken back",
    "witness.called": "Victim or witness called to a hearing",
    "witness.came": "Attendance of a victim or witness recorded",
    "witness.supported": "Support of a victim or witness at court recorded",
}
KINDS = {
    "court_witness": "Victim or witness at court",
    "disposal_view": "View of an out-of-court disposal",
    "restorative_offer": "Offer of restorative justice",
    "restorative_ruling": "Decision about a blocked offer",
    "special_measure": "Special measure",
}
