"""A file by each of the four ways in, and everything that then stands in the database."""

from __future__ import annotations

import io
import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.terms import ClientFeed
from beacon.cases.models import CaseFile
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.feeds import folder
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.reading import read_file
from beacon.feeds.terms import BatchState
from beacon.people.models import Victim
from beacon.referrals.columns import FEEDS
from beacon.referrals.jobs import empty_drop_folder, import_uploads
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.pages import form_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AT_ONCE = 500
# What tells how a file came, and not what came of it.
OF_THE_WAY = {
    "api_client", "audit_entry", "audit_object", "auth_session", "delivery", "import_batch",
    "job_run", "kept_reject", "staff", "staff_role", "team", "alembic_version", "setting",
}  # fmt: skip
Files = Sequence[tuple[str, str, bytes]]  # feed, name, content
Desk = Callable[..., Any]


def by_page(app: Flask, desk: Desk, files: Files, _place: Path) -> None:
    """Sent in on a page, looked at, confirmed, taken in by the scheduler."""
    officer = desk(Role.INTAKE_OFFICER)
    for feed, name, content in files:
        new = "/referrals/imports/new"
        sent = form_of(officer.get(new)) | {"feed": feed, "file": (io.BytesIO(content), name)}
        page = officer.post(new, data=sent, content_type="multipart/form-data").location
        import_uploads()
        form = form_of(officer.get(page)) | {"leave_out": "y"}
        assert officer.post(f"{page}/confirm", data=form).status_code == 302
        assert import_uploads() == 1


def by_command(app: Flask, desk: Desk, files: Files, place: Path) -> None:
    """At a terminal."""
    for feed, name, content in files:
        (place / name).write_bytes(content)
        order = ["referrals", "import", str(place / name), "--feed", feed, "--json"]
        answer = app.test_cli_runner().invoke(args=[*order, "--at", MONDAY.isoformat()])
        assert answer.exit_code in {0, 1}, answer.output


def by_folder(app: Flask, desk: Desk, files: Files, place: Path) -> None:
    """Laid into the drop folder."""
    folder.configure(place)
    try:
        for feed, name, content in files:
            (folder.of_feed(feed) / name).write_bytes(content)
            assert empty_drop_folder() == 1
    finally:
        folder.configure(None)


def by_api(app: Flask, desk: Desk, files: Files, _place: Path) -> None:
    """Posted by a program, five hundred at a time."""
    terms = accounts.Terms(feeds=tuple(ClientFeed), agency="Example Refuge", rate=600)
    _, token = accounts.make_client("A program", terms, actor=TEST)
    browser = app.test_client()
    for feed, _name, content in files:
        rows = list(as_json(feed, content))
        for start in range(0, len(rows), AT_ONCE):
            answer = browser.post(
                "/api/v1/referrals",
                json={"feed": feed, "referrals": rows[start : start + AT_ONCE]},
                headers={
                    "Authorization": f"Bearer {token}",
                    "Idempotency-Key": secrets.token_hex(8),
                },
            )
            assert answer.status_code == 200, answer.json


WAYS = {"page": by_page, "command": by_command, "folder": by_folder, "api": by_api}


def as_json(feed: str, content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a file as a program would post them."""
    table = read_file(content, FEEDS[feed])
    for raw in table:
        yield dict(zip(table.headers, raw.texts, strict=False))


def what_stands() -> dict[str, Any]:
    """All that came of the files: every referral with its person, and how many rows of each."""
    db.session.remove()
    counts = {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name not in OF_THE_WAY
    }
    figures: Counter[str] = Counter()
    for batch in db.session.scalars(sa.select(ImportBatch)):
        if batch.state is BatchState.FINISHED:
            figures.update(json.loads(batch.counts))
    rejects = Counter(db.session.scalars(sa.select(KeptReject.reason)))
    # PostgreSQL gives keys out many at once, so that they tell of no order.
    referrals = sorted(map(_said, db.session.scalars(sa.select(Referral))), key=repr)
    db.session.rollback()
    return {
        "counts": counts,
        "figures": dict(figures),
        "rejects": rejects,
        "referrals": referrals,
    }


def _said(one: Referral) -> tuple[object, ...]:
    return (
        *(one.feed, one.source, one.source_reference, one.state, one.waits, one.place),
        *(one.pressing, one.linked_to_known, one.recorded_at, one.received_at, one.consent),
        *(one.proposals, one.crime.reference, one.crime.offence, *_person(one.victim)),
        *_case(one.case),
    )


def _person(victim: Victim) -> tuple[object, ...]:
    points = sorted((point.kind.value, point.value, point.safe) for point in victim.contact_points)
    homes = sorted((home.lines, home.postcode or "") for home in victim.addresses)
    return (victim.full_name, victim.date_of_birth, tuple(points), tuple(homes))


def _case(case: CaseFile | None) -> tuple[object, ...]:
    return (case.status, case.category, case.version) if case else (None,)
