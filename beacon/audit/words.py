"""What the log says, in plain words: actions, kinds of record and groups of fields."""

from __future__ import annotations

from collections.abc import Iterable

ACTIONS = {
    "access.pace_exceeded": "Stopped: too many in a short time",
    "access.review_raised": "Review of an access asked for",
    "accounts.created": "Account made",
    "accounts.disabled": "Account disabled",
    "accounts.invited": "Invitation sent",
    "accounts.password_set": "Password set",
    "accounts.sessions_ended": "Sessions ended",
    "accounts.sessions_swept": "Old sessions removed",
    "accounts.sign_in_refused": "Sign-in refused",
    "accounts.signed_in": "Signed in",
    "accounts.signed_out": "Signed out",
    "address.shown": "Address shown, for a reason",
    "audit.anchored": "Head of the log written down elsewhere",
    "backup.made": "Backup made",
    "case.assigned": "Case given to a manager",
    "case.category_decided": "Category decided",
    "case.category_set": "Category set",
    "case.closed": "Case closed",
    "case.contacted": "Contact logged",
    "case.fact_recorded": "What they asked for recorded",
    "case.fact_step": "Step of what they asked for recorded",
    "case.fact_taken_back": "What they asked for taken back",
    "case.found": "Found in a search",
    "case.grounds_proposed": "Enhanced grounds proposed",
    "case.in_hand": "Case taken in hand",
    "case.listed": "Shown in a list of cases",
    "case.needs_assessed": "Needs assessed",
    "case.opened": "Case opened for a victim",
    "case.order_ended": "End of an order recorded",
    "case.order_recorded": "Order or bail conditions recorded",
    "case.order_varied": "Order or bail conditions varied",
    "case.reopened": "Case reopened",
    "case.sampled": "Drawn by lot for review",
    "case.shown": "Case looked at",
    "case.taken_on": "Case taken on from another system",
    "case.wish_recorded": "Wish for updates recorded",
    "caseload.reconciled": "Reconciliation of a caseload taken away",
    "case_file.shown": "Shown in a list of cases",
    "compliance.counted": "Exact compliance figures looked at",
    "compliance.exported": "Published compliance figures saved as a file",
    "compliance.packed": "Pack of compliance figures saved",
    "compliance.printed": "Published compliance figures opened for print",
    "compliance.shown": "Published compliance figures looked at",
    "court.verified": "Court's address verified",
    "crime.changed": "Crime changed by a feed",
    "crime.milestone": "Milestone recorded",
    "crime.recorded": "Crime recorded",
    "defendant.number_shown": "Defendant's number shown",
    "database.adopted": "Database made this environment's own",
    "database.restored": "Database restored from a backup",
    "database.scrubbed": "Numbers and e-mails taken out of a copy",
    "desk.shown": "Shown on a desk",
    "duty.opened": "Duty opened",
    "duty.told": "Victim told",
    "fraud.case_shown": "Fraud case looked at",
    "fraud.totals_shown": "Totals of the fraud hub looked at",
    "hearing.exported": "Preview of texts saved as a file",
    "hearing.shown": "Hearing looked at",
    "inbound_reply.shown": "Replies looked at",
    "log.searched": "Log searched",
    "log.seen_by_asked": "Who has seen it was asked",
    "log.unusual_shown": "Unusual access looked at",
    "number.not_texted": "Number marked as not to be texted",
    "number.texted_again": "Number to be texted again",
    "outbound_text.shown": "Texts looked at",
    "page.refused": "Page refused",
    "person_link.linked": "Records linked as one person",
    "person_link.refused": "Records kept apart as two people",
    "person_link.suggested": "Records suggested as one person",
    "person_link.undone": "Link of records undone",
    "referral.confirmed": "Referral confirmed",
    "referral.declined": "Referral declined",
    "referral.found": "Referral found in a search",
    "referral.received": "Referral received",
    "referral.shown": "Referral looked at",
    "referral.taken_on": "Referral of a case taken on from another system",
    "referral.updated": "Referral changed by a feed",
    "reply.handled": "Reply dealt with",
    "reply.read": "Words of a reply read",
    "reply.received": "Reply received",
    "setting.changed": "Setting changed",
    "staff.shown": "List of staff looked at",
    "suppressed_number.shown": "Numbers that are not texted looked at",
    "text.accepted": "Text handed to the provider",
    "text.delivered": "Text delivered",
    "text.held": "Text held back",
    "text.released": "Text let go",
    "texts.held": "Texts of a day held back",
    "text.redacted": "Words of a text wiped at the provider",
    "texts.paused": "Texts paused",
    "texts.released": "Texts of a day let go",
    "texts.resumed": "Texts resumed",
    "victim.compared": "Records compared in triage",
    "victim.contact_confirmed": "Safe contact confirmed",
    "victim.contact_shown": "Safe contact looked at",
    "victim.received": "Person changed by a feed",
    "victim.registered": "Person registered",
}
KINDS = {
    "audit_entry": "Log",
    "auth_session": "Session",
    "case_file": "Case",
    "contact_point": "Number or email",
    "import_batch": "File taken in",
    "inbound_reply": "Reply",
    "outbound_text": "Text",
    "person_link": "Link of two records",
    "suppressed_number": "Number",
    "victim": "Person",
}
FIELDS = {
    "people.name": "name",
    "people.contact": "how to reach them",
    "people.safe_contact": "safe contact",
    "people.identity": "identity",
    "cases.needs": "needs",
    "cases.notes": "notes",
    "cases.officer": "police officer",
    "courts.defendant": "defendant",
    "lines": "address",
    "postcode": "postcode",
}


def said(action: str) -> str:
    """An action as a person says it; one that has no words of its own says what it is of."""
    return ACTIONS.get(action) or _plain(action.replace(".", ": ", 1))


def kind(object_type: str) -> str:
    """A kind of record as a person says it."""
    return KINDS.get(object_type) or _plain(object_type)


def fields(names: Iterable[str]) -> str:
    """Groups of fields as one line of words."""
    words = (FIELDS.get(name) or name.rpartition(".")[2].replace("_", " ") for name in names)
    return ", ".join(dict.fromkeys(words))


def _plain(word: str) -> str:
    return word.replace("_", " ").capitalize()
