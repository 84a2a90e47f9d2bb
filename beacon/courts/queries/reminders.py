"""Which hearings wait for a text, and the facts that decide it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.cases.models import CaseFile, Crime, CrimeMilestone
from beacon.core import settings
from beacon.core.db import db
from beacon.core.phone import normal
from beacon.courts import languages
from beacon.courts.models import Defendant, Hearing, HearingText, HearingType
from beacon.courts.rules import CourtFacts, ReminderFacts, ReminderTimes, TypeFacts
from beacon.courts.terms import KIND, ON_THE_LIST, HearingStatus, NotTexted, Remand
from beacon.entitlements.terms import Milestone
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from beacon.numbers import queries as numbers
from beacon.numbers.terms import Held

# Nothing has left and nothing waits: another text may still speak for the hearing.
SPEAKS_FOR_NOBODY = frozenset({TextState.SUPPRESSED, TextState.CANCELLED})


def facts_of(hearing: Hearing, types: Mapping[str, HearingType]) -> ReminderFacts:
    """What decides whether this defendant is texted about this hearing."""
    person, court = hearing.defendant, hearing.court
    return ReminderFacts(
        held_on=hearing.held_on,
        starts_at=hearing.starts_at,
        is_live=hearing.is_live,
        is_clear=hearing.status is not HearingStatus.UNCLEAR,
        kind=_type_facts(types.get(hearing.type_code)),
        remand=hearing.remand,
        date_of_birth=person.date_of_birth,
        mobile=person.mobile,
        do_not_text=person.do_not_text,
        text_bar=person.text_bar,
        interpreter_language=person.interpreter_language,
        is_spoken=languages.spoken(person.interpreter_language) is not None,
        court=CourtFacts(
            in_county=court.in_county,
            closed=court.is_closed(hearing.held_on),
            verified_on=court.verified_on,
            postcode=court.postcode,
        ),
    )


def _type_facts(kind: HearingType | None) -> TypeFacts | None:
    if kind is None:
        return None
    return TypeFacts(text_reminder=kind.text_reminder, defendant_attends=kind.defendant_attends)


def person_of(hearing: Hearing) -> tuple[str, date | None, str, int]:
    """One person at one court: the same name, day of birth and number (one text for them all)."""
    person = hearing.defendant
    return person.name_key, person.date_of_birth, normal(person.mobile), hearing.court_id


def barred_elsewhere(
    hearings: Collection[Hearing], today: date
) -> dict[tuple[str, date | None], NotTexted]:
    """Who of these people is in custody, or marked not to be texted, in another matter.

    A person has a row for each crime: the same name and day of birth are the same person.
    """
    people = {hearing.defendant for hearing in hearings}
    in_custody = (
        sa.exists()
        .where(
            Hearing.defendant_id == Defendant.id,
            Hearing.remand == Remand.CUSTODY,
            Hearing.status.in_(ON_THE_LIST),
            Hearing.outcome.is_(None),
            Hearing.held_on >= today,
        )
        .correlate(Defendant)
    )
    rows = db.session.execute(
        sa.select(
            Defendant.name_key, Defendant.date_of_birth, Defendant.do_not_text, Defendant.text_bar
        )
        .where(
            Defendant.surname_key.in_({person.surname_key for person in people}),
            Defendant.name_key.in_({person.name_key for person in people}),
            Defendant.date_of_birth.is_not(None),
            sa.or_(Defendant.do_not_text, in_custody),
        )
        .order_by(Defendant.do_not_text, Defendant.id)  # a mark says more than custody does
    )
    found: dict[tuple[str, date | None], NotTexted] = {}
    for name, born, is_marked, bar in rows:
        marked = bar.reason if bar else NotTexted.DO_NOT_TEXT
        found[name, born] = marked if is_marked else NotTexted.CUSTODY
    return found


def hearings_for_text(day: date) -> list[Hearing]:
    """Every hearing of the day with its defendant and court, in the order of the lists."""
    return list(
        db.session.scalars(
            sa.select(Hearing)
            .where(Hearing.held_on == day)
            .options(joinedload(Hearing.defendant), joinedload(Hearing.court))
            .order_by(Hearing.starts_at.nulls_last(), Hearing.id)
        )
    )


def spoken_for(hearing_ids: Collection[int], day: date) -> dict[int, int]:
    """Which text, by the hearing it is about, speaks for each of these hearings on that day."""
    rows = db.session.execute(
        sa.select(HearingText.hearing_id, HearingText.about_id).where(
            HearingText.hearing_id.in_(hearing_ids), HearingText.held_on == day
        )
    )
    return {row.hearing_id: row.about_id for row in rows}


def texts_for(
    about_ids: Collection[int], day: date, *, kind: str = KIND
) -> dict[int, OutboundText]:
    """The text about each of these hearings for that day, planned, sent or held back."""
    rows = db.session.scalars(
        sa.select(OutboundText).where(
            OutboundText.kind == kind,
            OutboundText.on_day == day,
            OutboundText.about_id.in_(about_ids),
        )
    )
    return {row.about_id: row for row in rows}


def cases_of(defendant: Defendant) -> list[CaseFile]:
    """The cases of the crime that the defendant is charged with, closed ones too."""
    return list(
        db.session.scalars(
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(Crime.reference_key == defendant.crime_key)
            .order_by(CaseFile.id)
        )
    )


def number_held(defendant: Defendant, number: str | None = None) -> Held:
    """Whether somebody we protect has this number, in these cases or another (RULE 5.3).

    The defendant's own, or another that is said to be theirs.
    """
    number = defendant.mobile if number is None else number
    if not number:
        return Held.NONE
    ids = [case.id for case in cases_of(defendant)]
    return numbers.holder(number, ids, crime_reference=defendant.crime_key)


def hearings_untold(today: date) -> list[int]:
    """Live hearings of crimes that now have a case, of which no victim is yet to be told.

    A court list may come before the police tell us of the crime. What a person has taken back was
    told of once, and is not begun again.
    """
    first = sa.literal("hearing:") + sa.cast(Hearing.id, sa.String)
    again = first + sa.literal(":") + sa.cast(Hearing.listing_no, sa.String)
    listed = sa.exists().where(
        CrimeMilestone.crime_id == Crime.id,
        CrimeMilestone.kind == Milestone.HEARING_LISTED,
        CrimeMilestone.about == sa.case((Hearing.listing_no == 1, first), else_=again),
    )
    unnoticed = sa.select(HearingType.code).where(HearingType.victim_notice.is_(False))
    return list(
        db.session.scalars(
            sa.select(Hearing.id)
            .join(Defendant)
            .join(Crime, Crime.reference_key == Defendant.crime_key)
            .where(
                Hearing.held_on >= today,
                Hearing.status.in_(ON_THE_LIST),
                Hearing.outcome.is_(None),
                Hearing.type_code.not_in(unnoticed),
                sa.exists().where(CaseFile.crime_id == Crime.id),
                ~listed,
            )
            .order_by(Hearing.id)
        )
    )


def reminder_times() -> ReminderTimes:
    """The hours of texting, as an administrator set them."""
    return ReminderTimes(
        window_from=time.fromisoformat(settings.value("texts.window_from")),
        plan_from=time.fromisoformat(settings.value("texts.plan_from")),
        window_to=time.fromisoformat(settings.value("texts.window_to")),
        morning_from=time.fromisoformat(settings.value("texts.morning_from")),
        on_working_day=settings.is_on("texts.on_working_day"),
    )


def verified_for() -> int:
    """For how many days a court's verified address may be used in a text (RULE 6.1)."""
    return settings.count("texts.court_verified_days")
