"""Files come in, as they would from the drop folder; some rows wait for a person's decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.feeds import commands as feeds
from beacon.feeds.terms import Way
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from beacon.seed.arrivals import FRAUD, PARTNER, POLICE, Arrivals, Row
from beacon.seed.diary import Diary
from beacon.seed.people import People
from beacon.seed.scene import Scene
from beacon.seed.words import PARTNERS

Begin = Callable[[int, Row], None]


class Intake:
    """Every file of every feed, with the story of each row after it."""

    def __init__(self, scene: Scene, arrivals: Arrivals, begin: Begin) -> None:
        self.scene = scene
        self.diary = scene.diary
        self.arrivals = arrivals
        self.begin = begin

    def write(self) -> None:
        """Put every file in the diary."""
        for day in self.arrivals.days():
            for feed in (POLICE, FRAUD, PARTNER):
                rows = self.arrivals.of(feed, day)
                if rows:
                    self.diary.put(
                        self.arrivals.arrival(feed, day), partial(self._take, feed, day, rows)
                    )

    def _take(self, feed: str, day: date, rows: Sequence[Row]) -> None:
        broken = list(_broken(rows[0])) if feed == POLICE and day == self.diary.today else []
        content = as_file([row.columns for row in rows] + broken)
        name = f"{feed}-{day:%Y-%m-%d}.csv"
        actor = self.scene.office.all(Role.INTAKE_OFFICER)[0].actor
        digest = feeds.digest_of(content)
        batch_id = feeds.expect(feed, name, digest, way=Way.PAGE, actor=actor)
        report = import_file(feed, content, file_name=name, actor=actor, ordered=batch_id)
        for row in rows:
            self.scene.people.has_come(row.person)
        came = db.session.scalars(
            sa.select(Referral).where(Referral.batch_id == report.batch_id).order_by(Referral.id)
        ).all()
        planned = {_name(row): row for row in rows if not row.untouched}
        for referral in came:
            key = (
                referral.source_reference, referral.victim.first_name, referral.victim.last_name
            )  # fmt: skip
            if key in planned:
                self.begin(referral.id, planned[key])


def wait_for_a_decision(arrivals: Arrivals, people: People, diary: Diary) -> None:
    """Add what the queue must show: each reason to wait (contract 3.5), and new enhanced cases."""
    recent = [diary.today - timedelta(days=back) for back in (0, 1, 2, 4)]
    known = [row for row in arrivals.rows if row.feed == POLICE and row.day < recent[-1]]
    settled = [row for row in known if row.person.mobile and row.leads][-6:]
    odd: list[Row] = []
    for day, row in zip(recent[:2], settled, strict=False):
        other = people.victim()
        alike = replace(
            other,
            title=row.person.title,
            gender=row.person.gender,
            first_name=row.person.first_name,
            last_name=row.person.last_name,
            date_of_birth=row.person.date_of_birth,
            victim_reference="",
        )
        odd.append(arrivals.crime_row(day, alike))
    for day in recent[1:3]:
        odd.append(arrivals.crime_row(day, people.victim(), consent_to_referral="no"))
        odd.append(arrivals.crime_row(day, people.victim().out_of_reach()))
    for day, row in zip(recent[:1], settled[2:3], strict=False):
        born = row.person.date_of_birth - timedelta(days=3_650)
        slip = row.columns | {"date_of_birth": born.isoformat(), "victim_reference": ""}
        odd.append(replace(row, day=day, columns=slip))
    nameless = {"first_name": "", "last_name": "", "anonymous": "yes", "date_of_birth": ""}
    for agency, missing in zip(PARTNERS, (nameless, {}), strict=True):
        sent = arrivals.partner_row(recent[2], people.victim().out_of_reach(), agency)
        odd.append(replace(sent, columns=sent.columns | missing))
    said = (
        {"consent_to_referral": "no"},
        {"intimidated": "yes"},
        {"mobile": people.victim().mobile},
    )
    for news, row in zip(said, settled[3:], strict=False):
        odd.append(replace(row, day=recent[0], columns=row.columns | news))
    for day in recent[:2]:
        odd.append(arrivals.fraud_row(day))
        careful = people.victim().careful(people.careful_words())
        odd.append(arrivals.crime_row(day, careful, domestic_abuse="yes"))
        odd.append(arrivals.crime_row(day, people.victim(under_18=True)))
    arrivals.rows += [replace(row, untouched=True) for row in odd]


def as_file(rows: Sequence[dict[str, str]]) -> bytes:
    """The rows as a file of comma-separated text."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, headers)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def _broken(row: Row) -> list[dict[str, str]]:
    """What every real file has: rows that cannot be taken in."""
    return [
        row.columns | {"offence": "", "crime_reference": "41/100001/26"},
        row.columns | {"recorded_at": "31/02/2026 09:00", "crime_reference": "41/100002/26"},
        row.columns | {"first_name": "", "last_name": "", "crime_reference": "41/100003/26"},
    ]


def _name(row: Row) -> tuple[str, str, str]:
    return row.reference, row.person.first_name, row.person.last_name
