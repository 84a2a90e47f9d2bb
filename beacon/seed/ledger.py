"""The ledger's own days: second persons, closed months, what was published, and a bank's letter."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.feeds.tables import csv_of
from beacon.fraud_hub import commands as hub
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal
from beacon.fraud_hub.queries import may_decide
from beacon.fraud_hub.rules import month_after, month_of
from beacon.fraud_hub.terms import Contribution, EntryKind, Route
from beacon.seed.chance import Chance
from beacon.seed.diary import at, office_day
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

# What was published of each year, by the year in which it begins, in pounds (domain.md 4.1): about
# 300,000 by 2020, 1.1 million by January 2021, 3 million by 2023, over 4 million by 2024.
PUBLISHED = (
    (2019, 300_000, "Annual report 2019/20"),
    (2020, 800_000, "Annual report 2020/21"),
    (2021, 900_000, "Annual report 2021/22"),
    (2022, 1_000_000, "Annual report 2022/23"),
    (2023, 1_000_000, "Annual report 2023/24"),
)
HEADS = ("reference", "date", "amount", "payee", "our_reference")
LISTED = 8  # lines of the letter that are in the ledger
KEPT_WAITING = timedelta(days=3)  # so that somebody finds a queue


class Ledger:
    """What happens around the entries. It has chance of its own: nothing else changes by it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.chance = Chance(29)

    def write(self) -> None:
        """Put in the diary the published figures, the closing of months and a letter."""
        diary = self.scene.diary
        began = office_day(clock.london_day(diary.began) + timedelta(days=2))
        diary.put(at(began, "10:00"), self.publish)
        month = month_after(month_of(began))
        while month_after(month_after(month)) <= diary.today:
            day = office_day(month_after(month) + timedelta(days=6))
            diary.put(at(day, "11:00"), partial(self.close, month))
            month = month_after(month)
        diary.put(at(diary.last_working, "09:40"), self.letter)

    def ask_second(self, logged: LedgerEntry | LedgerProposal) -> None:
        """Somebody else looks at what was logged above the limit, unless it is of these days."""
        diary = self.scene.diary
        if isinstance(logged, LedgerProposal) and diary.now - clock.now() > KEPT_WAITING:
            soon = clock.now() + timedelta(hours=self.chance.whole(2, 20))
            day = office_day(clock.london_day(soon))
            diary.put(max(soon, at(day, "09:30")), partial(self.decide, logged.id))

    def decide(self, proposal_id: int) -> None:
        """A second person approves most of it; what came meanwhile may leave no room for it."""
        waiting = db.session.get_one(LedgerProposal, proposal_id)
        office = self.scene.office
        others = (*office.all(Role.FRAUD_OFFICER), *office.all(Role.TEAM_LEADER))
        second = next(one.actor for one in others if may_decide(waiting, one.actor))
        with contextlib.suppress(RuleBroken):
            if self.chance.happens(0.92):
                hub.approve(waiting, actor=second)
            else:
                hub.refuse(waiting, because="The letter says another amount.", actor=second)

    def publish(self) -> None:
        """Keep what was said in public of the years before the ledger."""
        first, *_ = self.scene.office.all(Role.FRAUD_OFFICER)
        for year, pounds, source in PUBLISHED:
            facts = hub.OpeningFacts(
                year=year, kind=EntryKind.RECOVERED, amount_pence=pounds * 100, source=source
            )
            waiting = hub.propose_opening(facts, token=hub.new_token(), actor=first.actor)
            self.decide_opening(waiting)

    def decide_opening(self, waiting: LedgerProposal) -> None:
        """The other officer has the reports as well."""
        _, second, *_ = self.scene.office.all(Role.FRAUD_OFFICER)
        hub.approve(waiting, actor=second.actor)

    def close(self, month: date) -> None:
        """Close a month in its turn; one before the first entry has nothing to close."""
        second = self.scene.office.all(Role.TEAM_LEADER)[0]
        with contextlib.suppress(RuleBroken):
            hub.close_month(month, actor=second.actor)

    def letter(self) -> None:
        """A bank lists what it paid: most of it is logged, one sum differs, one is new."""
        entries = db.session.execute(
            sa.select(LedgerEntry, CaseFile.reference)
            .join(CaseFile, CaseFile.id == LedgerEntry.case_id)
            .where(LedgerEntry.kind == EntryKind.RECOVERED, LedgerEntry.reverses_id.is_(None))
            .order_by(LedgerEntry.id.desc())
            .limit(LISTED)
        ).all()
        rows = []
        for place, (entry, reference) in enumerate(entries):
            pence = entry.amount_pence + (10_00 if place == 1 else 0)
            rows.append(_line(entry.evidence or "", entry.happened_on, pence, reference))
        if not entries:
            return
        entry, reference = entries[-1]
        rows.append(_line("SB-2200417", entry.happened_on, 75_00, reference))
        rows.append(_line("SB-2200418", entry.happened_on, 120_00, ""))
        officer = self.scene.office.all(Role.FRAUD_OFFICER)[0]
        read = hub.read_letter(csv_of(HEADS, rows))
        hub.keep_letter(read, actor=officer.actor)
        self._leave_waiting(entry.case_id, officer)

    def _leave_waiting(self, case_id: int, officer: Colleague) -> None:
        """Something above the limit that nobody has looked at yet."""
        facts = hub.PreventedFacts(
            route=Route.BANKING_PROTOCOL_STOP,
            contribution=Contribution.ADVISED,
            amount_pence=7_500_00,
            on=clock.today(),
            evidence="BP-7500",
        )
        case = self.scene.case(case_id)
        hub.record_prevented(case, facts, token=hub.new_token(), actor=officer.actor)


def _line(reference: str, day: date, pence: int, ours: str) -> tuple[str, ...]:
    return (reference, day.isoformat(), f"{pence // 100}.{pence % 100:02}", "Current account", ours)
