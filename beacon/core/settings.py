"""Windows, caps, standards and thresholds: rows that an administrator edits, with safe defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from beacon.core.db import Base, Kept, db
from beacon.core.errors import RuleBroken


@dataclass(frozen=True)
class Known:
    """A setting that the code asks for: its default, how a page describes it, how far it goes."""

    default: str
    kind: str
    label: str
    hint: str = ""
    most: int = 99_999  # of a count: a guard is not turned off by a great number


KNOWN: dict[str, Known] = {
    "texts.daily_cap": Known("500", "count", "Texts in one day, at most"),
    "texts.per_number_hour": Known("1", "count", "Texts to one number in an hour, at most"),
    "texts.per_number_day": Known("3", "count", "Texts to one number in a day, at most"),
    "texts.window_from": Known("09:00", "time", "Texts may leave from", "London time"),
    "texts.window_to": Known("20:00", "time", "Texts may leave until", "London time"),
    "texts.plan_from": Known(
        "17:00", "time", "Reminders for tomorrow are sent from", "London time, the day before"
    ),
    "texts.morning_from": Known(
        "07:30", "time", "Texts about a hearing listed too late are sent from", "London time"
    ),
    "texts.on_working_day": Known(
        "no",
        "yes_no",
        "Reminders are sent on the last working day before",
        "Instead of the calendar day before",
    ),
    "texts.call_seconds": Known("30", "count", "Seconds to wait for the text provider"),
    "texts.paused": Known("no", "yes_no", "The sender is paused"),
    "texts.answer_cannot_come": Known(
        "no",
        "yes_no",
        "Answer somebody who cannot come with one fixed line",
        "Only where people can reply to our texts",
    ),
    "texts.court_verified_days": Known(
        "365", "count", "Days for which a court's verified address may be used in a text"
    ),
    "standards.first_contact_standard_days": Known(
        "5", "count", "First contact, standard victims, working days"
    ),
    "standards.first_contact_enhanced_days": Known(
        "1", "count", "First contact, enhanced victims, working days"
    ),
    "orders.soon_days": Known(
        "14",
        "count",
        "Days before an order or a last day at which its manager is first warned",
        "Orders, bail conditions, reviews, criminal injuries, unduly lenient sentences",
        most=90,
    ),
    "orders.near_days": Known(
        "3", "count", "Days before it at which its manager is warned again", most=30
    ),
    "reminders.mail": Known(
        "yes",
        "yes_no",
        "Mail each person their reminders at 08:00 on working days",
        "One mail a day, by case reference only",
    ),
    "reminders.leader_after_days": Known(
        "1",
        "count",
        "Working days that something stays late before a team leader is reminded",
        "Counted from the day on which the case manager was reminded that it is late",
        most=20,
    ),
    "imports.done_days": Known(
        "30",
        "count",
        "Days for which a file that was taken in stays in the drop folder",
        "It holds personal data in the clear",
        most=90,
    ),
    "needs.review_weeks": Known(
        "12", "count", "Weeks after which needs are to be assessed again", most=52
    ),
    "plans.approval": Known(
        "no",
        "yes_no",
        "A supervisor approves each plan",
        "Never its own author; after a change it is approved anew",
    ),
    "triage.hold_minutes": Known(
        "20",
        "count",
        "Minutes for which a referral stays in the hands of whoever took it",
        "Then anybody may take it",
        most=240,
    ),
    "triage.tries_at_most": Known(
        "3",
        "count",
        "Times that somebody who does not answer is tried",
        "Then a letter goes, where that is safe",
        most=10,
    ),
    "notices.acknowledge": Known(
        "yes",
        "yes_no",
        "Acknowledge each referral that is taken",
        "With its reference and the next steps, by the way that the person said is safe",
    ),
    "notices.by_text": Known(
        "no",
        "yes_no",
        "Victims are texted their reference",
        "Only who would rather have a text, and only where that is known to be safe",
    ),
    "notices.text_from": Known(
        "09:30", "time", "Texts to victims leave from", "London time, while somebody can answer"
    ),
    "notices.text_to": Known("16:30", "time", "Texts to victims leave until", "London time"),
    "notices.telephone": Known(
        "", "phone", "Telephone number in texts and letters to victims", "Left out while empty"
    ),
    "requests.chase_days": Known(
        "5", "count", "Working days after which whoever was asked is asked again", most=60
    ),
    "accounts.idle_minutes": Known(
        "15", "count", "Signed out after this many idle minutes", most=60
    ),
    "accounts.absolute_hours": Known(
        "10", "count", "Signed out after this many hours at the most", most=24
    ),
    "accounts.lock_after": Known(
        "10", "count", "Wrong passwords before an account is locked", most=20
    ),
    "accounts.lock_minutes": Known("15", "count", "Minutes for which an account stays locked"),
    "accounts.sessions_at_most": Known(
        "3",
        "count",
        "Sessions of one person at a time",
        "The oldest is ended by the next sign-in",
        most=10,
    ),
    "accounts.step_up_minutes": Known(
        "10",
        "count",
        "Minutes after which a person proves again who they are",
        "Before what matters",
        most=60,
    ),
    "accounts.reset_minutes": Known(
        "20", "count", "Minutes for which a new-password link works", most=60
    ),
    "accounts.draft_hours": Known("336", "count", "Hours that unsent words are kept", most=336),
    "refer.unsaved_hours": Known(
        "24", "count", "Hours for which words at the public form are kept, unsent", most=72
    ),
    "refer.saved_days": Known(
        "7", "count", "Days for which a private link of the public form works", most=30
    ),
    "refer.starts_in_an_hour": Known(
        "60",
        "count",
        "Public forms begun from one address in an hour, at most",
        "A library or a refuge is one address for many",
        most=1_000,
    ),
    "refer.sends_in_an_hour": Known(
        "30", "count", "Public forms sent from one address in an hour, at most", most=1_000
    ),
    "refer.codes_in_an_hour": Known(
        "20", "count", "Codes tried at the public form from one address in an hour", most=100
    ),
    "risk.visible_high": Known("14", "count", "DASH: this many yes and more is high risk", most=24),
    "risk.medium": Known("10", "count", "DASH: this many yes and more is medium risk", most=24),
    "risk.call_outs": Known("3", "count", "Police call-outs in 12 months for high risk", most=20),
    "risk.repeat_months": Known("12", "count", "Months after a MARAC for a repeat", most=24),
    "caseload.full_points": Known("60", "count", "Points that a full-time case manager carries"),
    "caseload.full_hours": Known("37", "count", "Hours of a full-time week", most=60),
    "caseload.standard_points": Known("1", "count", "Points of a standard case", most=60),
    "caseload.enhanced_points": Known("3", "count", "Points of an enhanced case", most=60),
    "caseload.court_points": Known("2", "count", "Points while a hearing is near", most=60),
    "caseload.court_days": Known("14", "count", "Days before a hearing it counts as near", most=90),
    "caseload.risk_points": Known("3", "count", "Points of a high risk", most=60),
    "caseload.interpreter_points": Known("2", "count", "Points for an interpreter", most=60),
    "caseload.duties_a_point": Known("3", "count", "Open duties that make one point", most=60),
    "access.break_glass_minutes": Known(
        "60", "count", "Minutes for which a case stays open after the glass is broken", most=60
    ),
    "access.review_days": Known(
        "2", "count", "Working days within which an access must be looked at", most=10
    ),
    "access.reason_outside_caseload": Known(
        "no", "yes_no", "Ask why before a colleague's case is opened", "Once a day for each case"
    ),
    "access.cases_in_ten_minutes": Known(
        "120",
        "count",
        "Cases, referrals and hearings that one person may open in ten minutes",
        most=500,
    ),
    "access.lists_in_ten_minutes": Known(
        "120", "count", "Lists of cases that one person may open in ten minutes", most=500
    ),
    "access.searches_in_ten_minutes": Known(
        "120", "count", "Searches that one person may make in ten minutes", most=500
    ),
    "access.night_from": Known("22:00", "time", "Access counts as at night from", "London time"),
    "access.night_to": Known("06:00", "time", "Access counts as at night until", "London time"),
    "access.outside_in_a_week": Known(
        "20", "count", "Cases outside the team in a week before a person is listed", most=500
    ),
}


class Setting(Kept, Base):
    """A setting that somebody has changed from its default."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    text: Mapped[str] = mapped_column(sa.String(200))


class Environment(Kept, Base):
    """The name of the environment this database belongs to (security.md R10). One row."""

    __tablename__ = "environment"
    name: Mapped[str] = mapped_column(sa.String(20), unique=True)


def value(name: str) -> str:
    """A setting as text, from its row or its default."""
    return _changed().get(name, KNOWN[name].default)


def _changed() -> dict[str, str]:
    """The rows there are, read once in a transaction: they are few, and asked for often."""
    held: dict[str, str] | None = db.session().info.get("settings")
    if held is None:
        rows = db.session.execute(sa.select(Setting.name, Setting.text).order_by(Setting.name))
        held = {row.name: row.text for row in rows}
        db.session().info["settings"] = held
    return held


@sa.event.listens_for(Session, "after_flush")
def _forget_changed(session: Session, context: object) -> None:
    """What was read holds until a setting is changed."""
    if any(isinstance(row, Setting) for row in (*session.new, *session.dirty)):
        session.info.pop("settings", None)


@sa.event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, ended: SessionTransaction) -> None:
    """What was read holds for one transaction; a flush within it ends a part of it alone."""
    if ended.parent is None:
        session.info.pop("settings", None)


def count(name: str) -> int:
    """A setting that is a whole number."""
    return int(value(name))


def is_on(name: str) -> bool:
    """A setting that is yes or no."""
    return value(name) == "yes"


def check(name: str, text: str) -> str:
    """The setting in its normal form, or a refusal that says what it wants."""
    if name not in KNOWN:
        raise RuleBroken("There is no setting of that name.", field="name")
    kind, most, text = KNOWN[name].kind, KNOWN[name].most, text.strip()
    if kind == "count" and not (_is_count(text) and 0 < int(text) <= most):
        raise RuleBroken(f"Enter a whole number from 1 to {most:,}.", field="text")
    if kind == "yes_no" and text not in {"yes", "no"}:
        raise RuleBroken("Enter yes or no.", field="text")
    if kind == "phone" and text and not re.fullmatch(r"0[0-9 ]{9,16}", text):
        raise RuleBroken("Enter a telephone number, like 01632 960123.", field="text")
    if kind == "time" and not _is_time(text):
        raise RuleBroken("Enter a time like 17:00.", field="text")
    return text


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _is_time(text: str) -> bool:
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text) is not None
