"""A suspect is charged: defendant, first hearing, and what the victims must now be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.names import name_key
from beacon.core.phone import Phone
from beacon.courts.commands.defendants import make_defendant, write_mobile
from beacon.courts.commands.guard import check_number
from beacon.courts.commands.hearings import Listing, list_hearing
from beacon.courts.commands.listed_facts import alike
from beacon.courts.commands.notices import name_of_charge, tell_of_listing
from beacon.courts.models import Defendant, Hearing
from beacon.courts.queries.courts import find_court
from beacon.courts.terms import Initiation, Remand
from beacon.entitlements.terms import Milestone


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Who is charged, and where and when they are first to appear."""

    first_name: str
    last_name: str
    court: str
    held_on: date
    starts_at: time | None = None
    type_code: str = "FH"
    date_of_birth: date | None = None
    mobile: Phone | None = None
    remand: Remand | None = None
    initiation: Initiation | None = None
    received_at: datetime | None = None  # when Witness Care heard of the date


def record_charge(case: CaseFile, charge: Charge, *, at: datetime, actor: Actor) -> Hearing:
    """Record that a suspect was charged; open what each victim of the crime is owed by it.

    Code R6_CHARGE, and R8_HEARING for the first hearing, whose clock starts when Witness Care
    receives the date. A hearing that a list already brought is taken as the same one.
    """
    with transaction() as session:
        crime = _open_case(session, case.id).crime
        listing = _listing(charge, at)
        hearing = _already_listed(session, crime.reference_key, charge)
        if hearing is None:
            hearing = _new(crime.reference_key, charge, listing, at, actor)
        elif hearing.is_live:
            tell_of_listing(hearing, received_at=charge.received_at, actor=actor)
        defendant = hearing.defendant
        if charge.mobile and not defendant.mobile:
            write_mobile(defendant, str(charge.mobile))
            defendant.mobile_given_at = clock.now()
        cases.record_milestone(
            crime, kind=Milestone.CHARGED, at=at, about=name_of_charge(defendant), actor=actor
        )
        check_number(defendant, actor=actor)
        if charge.mobile and str(charge.mobile) != defendant.mobile:
            check_number(defendant, actor=actor, number=str(charge.mobile))
        return hearing


def _open_case(session: Session, case_id: int) -> CaseFile:
    case = session.get(CaseFile, case_id)
    if case is None:
        raise NotFound
    if not case.is_open:
        raise RuleBroken("This case is closed. Reopen it before you record a charge.")
    return case


def _listing(charge: Charge, at: datetime) -> Listing:
    court = find_court(charge.court)
    if court is None:
        raise RuleBroken("Choose a court from the list.", field="court")
    if at > clock.now():
        raise RuleBroken("The charge must be now or in the past.", field="charged_at")
    if charge.held_on < clock.london_day(at):
        raise RuleBroken("The hearing cannot be before the charge.", field="held_on")
    if charge.date_of_birth and charge.date_of_birth >= clock.today():
        raise RuleBroken("The date of birth must be in the past.", field="date_of_birth")
    return Listing(
        court=court,
        held_on=charge.held_on,
        starts_at=charge.starts_at,
        type_code=charge.type_code,
        remand=charge.remand,
        initiation=charge.initiation,
    )


def _already_listed(session: Session, crime_key: str, charge: Charge) -> Hearing | None:
    """The same crime, person and day (contract 3.4), when the list came before the charge."""
    listed = session.scalars(
        sa.select(Hearing)
        .join(Defendant)
        .where(
            Defendant.crime_key == crime_key,
            Defendant.surname_key == name_key(charge.last_name),
            Hearing.held_on == charge.held_on,
        )
        .order_by(Hearing.id)
    )
    return next((one for one in listed if _may_be(one.defendant, charge)), None)


def _may_be(defendant: Defendant, charge: Charge) -> bool:
    """Whether somebody of that surname is who is charged: two of one family often stand together.

    A first name may be short for the other; two days of birth that differ are two people.
    """
    born, said = defendant.date_of_birth, charge.date_of_birth
    if born is not None and said is not None and born != said:
        return False
    return alike(defendant.first_name, charge.first_name)


def _new(crime_key: str, charge: Charge, listing: Listing, at: datetime, actor: Actor) -> Hearing:
    defendant = make_defendant(
        crime_key=crime_key,
        first_name=charge.first_name,
        last_name=charge.last_name,
        date_of_birth=charge.date_of_birth,
        made_by_hand=True,
    )
    return list_hearing(
        defendant,
        listing,
        made_by_hand=True,
        listed_at=at,
        received_at=charge.received_at,
        actor=actor,
    )
