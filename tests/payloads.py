"""Forty ways to break out of a page, and how to put them into every text that is kept (I-01)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core.db import Base, transaction
from beacon.core.sealed import Sealed
from beacon.people.models import ContactPoint
from beacon.people.terms import ContactKind

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(2)</sCrIpT>",
    "</title><script>alert(3)</script>",
    "</textarea><script>alert(4)</script>",
    '"><script>alert(5)</script>',
    "'><script>alert(6)</script>",
    '" autofocus onfocus=alert(7) x="',
    "' autofocus onfocus=alert(8) x='",
    "` onmouseover=alert(9) x=`",
    "<img src=x onerror=alert(10)>",
    "<img src=`x` onerror=alert(11)>",
    "<img/src=x/onerror=alert(12)//",
    "<svg onload=alert(13)>",
    "<svg><animate onbegin=alert(14) attributeName=x dur=1s>",
    "<svg><script>alert&lpar;15&rpar;</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(16)>",
    "<body onload=alert(17)>",
    "<iframe srcdoc='<script>parent.alert(18)</script>'></iframe>",
    "<iframe src=javascript:alert(19)></iframe>",
    "<object data=javascript:alert(20)></object>",
    "<embed src=javascript:alert(21)>",
    "<a href=javascript:alert(22)>here</a>",
    "javascript:alert(23)",
    "JaVaScRiPt&colon;alert(24)",
    "data:text/html,<script>alert(25)</script>",
    "<form action=javascript:alert(26)><button>go</button></form>",
    "<input onfocus=alert(27) autofocus>",
    "<details open ontoggle=alert(28)>",
    "<video><source onerror=alert(29)></video>",
    "<marquee onstart=alert(30)>",
    "<style>@import'//evil.example/31.css';</style>",
    "<link rel=stylesheet href=//evil.example/32.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(33)'>",
    "<base href=//evil.example/34/>",
    "{{ 7 * 7 }}{% if 1 %}35{% endif %}",
    "${alert(36)}#{alert(36)}",
    "&lt;script&gt;alert(37)&lt;/script&gt;",
    "\uff1cscript\uff1ealert(38)\uff1c/script\uff1e\u202e<b>\u2028",
    "--><!--><script>alert(39)</script><!--",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(alert(40))//</stYle/</titLe/</teXtarEa/<sVg/oNloAd=alert()//>",
)
ALL = " ".join(PAYLOADS)

# What nobody types and no file brings: made by the program, or taken only in a form of its own.
MADE_BY_ENDING = (
    "_key", "_index", "_hash", "_mac", "_sound", "token", "sha256", "selector", "event_key",
)  # fmt: skip
MADE: dict[str, set[str]] = {
    "api_client": {"feeds"},
    "delivery": {"answer"},
    "audit_entry": {"at", "actor_kind", "session", "ip", "action", "operation", "object_type"}
    | {"object_id", "facts", "reason", "outcome", "request_id", "key_id", "previous", "mac"}
    | {"actor_name"},  # the log refuses every change
    "audit_object": {"object_type", "object_id"},
    "bank_letter": {"digest"},
    "access_review": {"about"},
    "auth_session": {"ip"},
    "case_file": {"reference"},
    "case_ground": {"proposed_by"},
    "case_task": {"about"},
    "contact_point": set(),
    "court": {"code", "area_code"},
    "crime_milestone": {"about"},
    "document": {"fingerprint"},
    "draft": {"place"},
    "duty": {"rule", "code", "about", "unit"},
    "environment": {"name"},
    "feed_key": {"feed"},
    "feed_record": {"feed"},
    "hearing": {"type_code"},
    "hearing_told": {"kind"},
    "hearing_type": {"code", "cjs_code"},
    "hearing_version": {"type_code", "changed"},
    "held_place": {"place"},
    "import_batch": {"feed", "upload", "counts"},
    "job_run": {"name", "error"},
    "notice": {"ip"},
    "outbound_mail": {"error"},
    "outbound_text": {"kind", "template", "reason"},
    "person_link": {"basis"},
    "person_link_decision": {"basis"},
    # What was published is a file, held against its hash.
    "published_figures": {"content", "published_by"},
    "outreach_event": {"district"},  # one of the list
    "partner_referral": {"facts"},
    "partner_service": {"needs", "districts", "crimes"},
    "proposed_change": {"field", "source"},
    "restorative_ruling": {"stops"},
    "return_column": {"key", "counted"},  # words of a list
    "court_witness": {"support"},
    "referral": {"feed", "proposals", "urgent_because"},
    "search_key": {"key"},
    "self_referral": {"reference"},
    "sender_state": {"name"},
    "setting": {"name", "text"},  # an answer is held against its kind
    "sign_in_attempt": {"ip"},
    "work_pattern": {"days"},
    "list_choice": {"chosen"},
    "marac_referral": {"grounds"},
    "suppressed_number": {"source"},
    "survey_concern": {"found"},  # words of a list
    "survey_count": {"group_name"},  # copied from what stands at an invitation
    "survey_invitation": {"because", "crime", "category", "age", "team"},
    "triage_decision": {"handed_to"},  # one of the forces
    "urgent_mark": {"because"},
    "unsent_referral": {"sent_as"},
    "victim": {"confirmed_facts"},
}
# Sealed, and not words: a number that was read as one, or a secret of the program.
NUMBERS = {
    ("call_message", "number"),
    ("defendant", "mobile"),
    ("defendant", "listed_mobile"),
    ("inbound_reply", "sender"),
    ("outbound_text", "to"),
    ("document", "digest"),
    ("second_factor", "secret"),
    ("survey_concern", "scores"),  # made by a form of choices
    ("survey_draft", "typed"),
    ("survey_slip", "said"),  # opened by a job alone, and shown to nobody
    ("risk_assessment", "answers_text"),  # numbers and words of a list, made by a form
}
# Sealed, and no longer than a person can type in its box.
AS_MAIL = {("staff", "email")}
# Sealed words that are kept as JSON.
AS_JSON = {
    ("feed_record", "raw"),
    ("kept_reject", "raw"),
    ("partner_referral", "shared"),
    ("declared_contact", "facts"),
    ("draft", "body"),
    ("self_referral", "told"),
    ("unsent_referral", "typed"),
    ("fraud_triage", "factors_json"),
    ("fraud_triage", "denied_json"),
}


def readable_columns() -> Iterator[tuple[sa.Table, str]]:
    """Every readable column of text that somebody, or somebody's file, may fill."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
            is_made = column.name in MADE.get(table.name, set()) | {"seal_key"}
            if is_text and not is_made and not column.name.endswith(MADE_BY_ENDING):
                yield table, column.name


def sealed_columns() -> Iterator[tuple[Any, str]]:
    """Every sealed text of every model that somebody, or somebody's file, may fill."""
    for mapper in Base.registry.mappers:
        for name, one in vars(mapper.class_).items():
            place = (mapper.class_.__tablename__, name)
            if isinstance(one, Sealed) and place not in NUMBERS:
                yield mapper.class_, name


def _is_unique(table: sa.Table, name: str) -> bool:
    """Whether two rows may not say the same there, alone or with other columns."""
    alone = table.c[name].unique or any(one.unique and name in one.columns for one in table.indexes)
    return bool(alone) or any(
        name in one.columns for one in table.constraints if isinstance(one, sa.UniqueConstraint)
    )


def _let_history_be_written_over(session: Session) -> None:
    """What only grows may here be changed, but for the log."""
    triggers = session.execute(
        sa.text(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE 'audit%'"
        )
    )
    for (name,) in triggers.all():
        session.execute(sa.text(f'DROP TRIGGER "{name}"'))


def fill_every_text(*, words: Callable[[str], str] = lambda column: ALL) -> list[str]:
    """Write the payloads into every text of every row there is; the columns that were filled."""
    filled = []
    with transaction() as session:
        _let_history_be_written_over(session)
        for table, name in readable_columns():
            number = sa.cast(table.c.id, sa.String) if "id" in table.c else sa.literal("")
            is_one_of_a_kind = _is_unique(table, name)
            text: Any = sa.literal(words(name))
            if is_one_of_a_kind:
                text = text + " " + number
            done = session.execute(sa.update(table).values({name: text}))
            filled += [f"{table.name}.{name}"] if done.rowcount else []
        for model, name in sealed_columns():
            rows = session.scalars(sa.select(model)).unique().all()
            for row in rows:
                if isinstance(row, ContactPoint) and row.kind is not ContactKind.EMAIL:
                    continue
                place = (model.__tablename__, name)
                said = f"{PAYLOADS[4]}@example.org" if place in AS_MAIL else words(name)
                setattr(row, name, json.dumps({"notes": said}) if place in AS_JSON else said)
            filled += [f"{model.__tablename__}.{name}"] if rows else []
    return filled
