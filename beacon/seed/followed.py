"""Fraud victims after the first days: what they are given, asked again, stops and workshops."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.caseloads.terms import DISTRICTS
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands as hub
from beacon.fraud_hub.jobs import follow_up_fraud
from beacon.fraud_hub.models import RepeatCheck, SupportItem
from beacon.fraud_hub.terms import (
    Audience,
    Contribution,
    OutreachKind,
    RepeatOutcome,
    Scam,
    SupportKind,
    SupportState,
)
from beacon.seed.diary import at
from beacon.seed.ledger import Ledger
from beacon.seed.scene import Scene
from beacon.seed.words import BANKS

EVERY_DAYS, BEGAN_DAYS = 28, 400
CASES_A_TIME = 9
ADVICE = (
    SupportKind.RECOVERY_WARNING,
    SupportKind.CIFAS,
    SupportKind.BANK_TOLD,
    SupportKind.DEVICES,
    SupportKind.TELEPHONE_PREFERENCE,
)
FOUND = (
    *(RepeatOutcome.NOT_AGAIN,) * 7,
    *(RepeatOutcome.AGAIN_STOPPED, RepeatOutcome.AGAIN_LOST, RepeatOutcome.NOT_REACHED),
)
PLACES = ("Library", "Community Centre", "Day Centre", "Town Hall", "Market Place")
OF_SCAMS = (Scam.IMPERSONATION, Scam.IMPERSONATION, Scam.ROGUE_TRADER, Scam.ROMANCE)


class Followed:
    """Each month a round of support, checks, stops and a workshop."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.ledger = Ledger(scene)

    def write(self) -> None:
        """Put the rounds in the diary, the last of them a few days ago."""
        diary = self.scene.diary
        for back in range(BEGAN_DAYS, 0, -EVERY_DAYS):
            day = diary.today - timedelta(days=back)
            diary.put(at(day, "10:20"), self.support)
            diary.put(at(day, "11:05"), self.stops)
            diary.put(at(day, "14:10"), self.workshop)
            diary.put(at(day, "15:30"), self.ask_again)
        diary.put(at(diary.last_working, "15:45"), partial(self.ask_again, answered=False))

    @property
    def _officer(self) -> Actor:
        return self.scene.office.one(Role.FRAUD_OFFICER).actor

    def support(self) -> None:
        """The newest fraud cases without a plan get one."""
        has_plan = sa.exists().where(SupportItem.case_id == CaseFile.id)
        for case in self._cases(~has_plan, most=CASES_A_TIME):
            for kind in ADVICE[: self.scene.chance.whole(1, len(ADVICE))]:
                self._give(case, kind, SupportState.ADVISED)
            if self.scene.chance.happens(0.4):
                self._lend(case)

    def stops(self) -> None:
        """A branch or two called the police."""
        chance = self.scene.chance
        for _ in range(chance.whole(0, 2)):
            at_risk = chance.whole(8, 120) * 100_00
            cases = self._cases(most=1) if chance.happens(0.5) else []
            call = hub.record_call(
                hub.CallFacts(
                    bank=chance.pick(BANKS),
                    branch=chance.pick(DISTRICTS),
                    called_at=self.scene.a_moment_ago(),
                    incident=f"ISR {clock.today():%d%m%y}-{chance.whole(100, 9999)}",
                    at_risk_pence=at_risk,
                    stopped_pence=at_risk if chance.happens(0.8) else 0,
                    scam=chance.pick(OF_SCAMS),
                    believed=chance.happens(0.4),
                    safeguarding=chance.happens(0.3),
                    repeat=chance.happens(0.15),
                ),
                case=cases[0] if cases else None,
                token=hub.new_token(),
                actor=self._officer,
            )
            if cases and call.may_be_counted:
                counted = hub.count_stop(call, cases[0], Contribution.ADVISED, actor=self._officer)
                self.ledger.ask_second(counted)

    def workshop(self) -> None:
        """A workshop or a talk, of which a case may come."""
        chance = self.scene.chance
        came, district = chance.whole(8, 60), chance.pick(DISTRICTS)
        event = hub.record_event(
            hub.EventFacts(
                held_on=clock.today(),
                kind=chance.pick(tuple(OutreachKind)),
                audience=chance.pick(tuple(Audience)),
                place=f"{district} {chance.pick(PLACES)}",
                district=district,
                attendance=came,
                staff=self._officer.name,
                leaflets=came + chance.whole(0, 20),
                booklets=came // 2,
                signs=chance.whole(0, 15),
            ),
            token=hub.new_token(),
            actor=self._officer,
        )
        if chance.happens(0.5):
            for case in self._cases(most=1):
                hub.link_case(event, case, actor=self._officer)

    def ask_again(self, *, answered: bool = True) -> None:
        """The checks that are due are opened, and most of the earlier ones made."""
        follow_up_fraud()
        if not answered:
            return
        chance = self.scene.chance
        query = sa.select(RepeatCheck).where(
            RepeatCheck.done_on.is_(None), RepeatCheck.due_on < clock.today()
        )
        waiting = db.session.scalars(query.order_by(RepeatCheck.id)).all()
        for check in waiting[:-1]:  # the newest is left to whoever looks at the county
            if chance.happens(0.85):
                facts = hub.CheckFacts(
                    outcome=chance.pick(FOUND), on=clock.today(), channel=Channel.PHONE
                )
                hub.record_check(check, facts, actor=self._officer)

    def _lend(self, case: CaseFile) -> None:
        chance = self.scene.chance
        state = SupportState.LENT if chance.happens(0.6) else SupportState.FITTED
        item = self._give(
            case,
            SupportKind.CALL_BLOCKER,
            state,
            serial=f"CB-{chance.whole(10_000, 99_999)}",
            due_back_on=clock.today() + timedelta(days=91) if state is SupportState.LENT else None,
        )
        if state is SupportState.LENT and chance.happens(0.75):
            self.scene.diary.put(self.scene.soon(40, 60), partial(self._back, item.id))

    def _back(self, item_id: int) -> None:
        item = db.session.get_one(SupportItem, item_id)
        hub.end_loan(item, SupportState.RETURNED, on=clock.today(), actor=self._officer)

    def _give(
        self,
        case: CaseFile,
        kind: SupportKind,
        state: SupportState,
        *,
        serial: str = "",
        due_back_on: date | None = None,
    ) -> SupportItem:
        facts = hub.SupportFacts(
            kind=kind, state=state, on=clock.today(), serial=serial, due_back_on=due_back_on
        )
        return hub.add_support(case, facts, token=hub.new_token(), actor=self._officer)

    def _cases(self, *where: sa.ColumnElement[bool], most: int) -> list[CaseFile]:
        """The newest fraud cases that somebody works on."""
        query = (
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(
                Crime.kind == CrimeKind.FRAUD,
                CaseFile.manager_id.is_not(None),
                CaseFile.closed_at.is_(None),
                CaseFile.restricted.is_(False),
                *where,
            )
            .order_by(CaseFile.opened_at.desc(), CaseFile.id.desc())
            .limit(most)
        )
        return list(db.session.scalars(query))
