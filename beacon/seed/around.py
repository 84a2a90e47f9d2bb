"""Who stands around victims, whom to ring at agencies, and who is on duty.

All have landlines that Ofcom keeps for made-up people, so that no text of the story is held back.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.partners import commands as partners
from beacon.partners.commands import ContactFacts
from beacon.people import commands as people
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around, Safe
from beacon.seed.diary import at
from beacon.seed.partnering import agency_named
from beacon.seed.scene import Scene
from beacon.seed.words import PARTNERS

CASES_OF_EACH = 4
DAYS_OF_DUTY = 10
WHO: tuple[tuple[Around, str, str, Safe, str], ...] = (
    (Around.NEXT_OF_KIN, "Maureen Tillotson", "mother", Safe.YES, ""),
    (Around.HOUSEHOLD, "Kit Ashdown", "lodger", Safe.NO, "Does not know of the report."),
    (Around.CHILD, "Bethan Rook", "daughter, 14", Safe.ASK, "Only after school, never by name."),
    (Around.WITNESS, "Samir Penrose", "neighbour, saw it", Safe.NOT_ASKED, ""),
    (Around.THIRD_PARTY, "Orla Fennimore", "sister", Safe.YES, "May be told of hearings."),
)
DESKS = ("Duty desk", "Referrals", "Out of hours")


class PeopleAround:
    """Puts in the diary whom the guard over numbers knows beside the victims."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.numbers = (f"0191 498 0{number:03}" for number in count(100))

    def write(self) -> None:
        """All on the last working day, in the morning."""
        day = self.scene.diary.last_working
        self.scene.diary.put(at(day, "09:05"), self.set_duty)
        self.scene.diary.put(at(day, "09:10"), self.list_agencies)
        self.scene.diary.put(at(day, "09:20"), self.stand_around)

    def set_duty(self) -> None:
        """The leaders in turn for ten days; after that it is every leader's."""
        leaders = self.scene.office.all(Role.TEAM_LEADER)
        for number in range(DAYS_OF_DUTY):
            leader = leaders[number % len(leaders)]
            day = self.scene.diary.today + timedelta(days=number)
            cases.set_on_duty(day, [leader.id], seen=(), actor=leader.actor)
            if number < len(leaders):
                person = db.session.get_one(Staff, leader.id)
                accounts.keep_phone(person, next(self.numbers), actor=leader.actor)

    def list_agencies(self) -> None:
        """Each partner agency with its desks."""
        leader = self.scene.office.all(Role.TEAM_LEADER)[0]
        for name in PARTNERS:
            agency = agency_named(name, leader.actor)
            for desk in DESKS:
                facts = ContactFacts(name=desk, phone=next(self.numbers))
                partners.add_contact(agency, facts, actor=leader.actor)

    def stand_around(self) -> None:
        """Somebody around some of the victims of each manager and each fraud officer."""
        office = self.scene.office
        for manager in (*office.all(Role.CASE_MANAGER), *office.all(Role.FRAUD_OFFICER)):
            for place, case in enumerate(self._cases_of(manager.id)):
                kind, name, relation, speak, notes = WHO[place % len(WHO)]
                facts = AroundFacts(
                    kind=kind,
                    name=name,
                    relation=relation,
                    phone=next(self.numbers),
                    speak=speak,
                    notes=notes,
                )
                people.add_around(case.victim, facts, actor=manager.actor)

    def _cases_of(self, manager_id: int) -> list[CaseFile]:
        query = sa.select(CaseFile).where(
            CaseFile.manager_id == manager_id,
            CaseFile.status != CaseStatus.CLOSED,
            CaseFile.restricted.is_(False),
        )
        return list(db.session.scalars(query.order_by(CaseFile.id).limit(CASES_OF_EACH)))
