"""A partner's user walks every address there is: its own referrals, and nothing else of anybody.

Own: sent to the agency, not taken back, not run out. Every rule of the address map is asked by
both methods about every record of the county in every state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from werkzeug.routing import BuildError, Rule

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.partners.models import PartnerReferral
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from tests.conftest import DeskClient
from tests.factories import TEST
from tests.pages import form_of, text_of
from tests.web.security.matrix.asking import rules_and_methods
from tests.web.security.matrix.world import NOON, Sit, World
from tests.web.security.walking import Seen, Words, rule_of, walk

# What is open to anybody, or is one's own account: none of it is about a victim.
NOBODYS = (
    *("/api/v1/openapi.json", "/csp-report", "/healthz", "/readyz", "/metrics", "/static/"),
    *("/sign-in", "/sign-out", "/stay", "/set-password/", "/forgotten-password", "/refer"),
    *("/factor", "/account", "/prove", "/drafts", "/notices/seen"),
    *("/waiting", "/at-hand", "/figures"),  # one's own lists: a partner has none
)
OWN = "/our-referrals/"
# Of a case, how it may stand best to a partner; the matrix asks of all the others.
OF_CASES = {"own", "referred"}
ORDER = {"reason": "Because of this", "words": "Said so", "outcome": "helped", "version": "1"}
Args = dict[str, Any]


def everybody(world: World) -> Iterator[tuple[str, str, Args]]:
    """Every record of the county by its kind and state, the partner's own among them."""
    for kind in sorted(world.kinds()):
        for state in world.states(kind):
            if "referred" not in world.states(kind) or state in OF_CASES:
                yield kind, state, world.args(kind, state, Role.PARTNER)


def asked(app: Flask, world: World) -> Iterator[tuple[str, Rule, str, str, str]]:
    """Each method and rule with each record that can stand in its address."""
    for rule, method in rules_and_methods(app):
        if not rule.arguments:
            yield method, rule, rule.rule, "-", "-"
            continue
        seen: set[str] = set()
        for kind, state, args in everybody(world):
            if not rule.arguments <= args.keys():
                continue
            try:
                with app.test_request_context():
                    where = url_for(rule.endpoint, **{one: args[one] for one in rule.arguments})
            except BuildError:
                continue
            if where not in seen:
                seen.add(where)
                yield method, rule, where, kind, state


def is_nobodys(where: str) -> bool:
    return where == "/" or where.startswith(NOBODYS)


def answered(browser: DeskClient, method: str, where: str, token: str) -> int:
    if method == "GET":
        return int(browser.get(where).status_code)
    return int(browser.post(where, data=ORDER | {"csrf_token": token}).status_code)


def facts_held() -> list[str]:
    """Where each case and each referral stands."""
    db.session.rollback()
    tables = (CaseFile.__table__, PartnerReferral.__table__)
    return [repr(row) for table in tables for row in db.session.execute(sa.select(table))]


@pytest.mark.timeout(900)
@pytest.mark.proves("Z-07", "Z-15", "Z-16")
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])
def test_every_address_but_that_of_an_own_live_referral_is_closed_to_a_partner(
    app: Flask, world: World, sit: Sit, *, whole: bool
):
    browser, held = sit(Role.PARTNER), facts_held()
    mine = {world.records["sharing"]["live"]["sharing_id"]}
    opened: set[str] = set()
    faults, count = [], 0
    token = form_of(browser.get("/"))["csrf_token"]
    for method, _, where, kind, state in asked(app, world):
        if is_nobodys(where):
            continue
        if not (whole or where.startswith(OWN) or crc32(f"{method} {where}".encode()) % 4 == 0):
            continue  # a quarter of what is not one's own, the same in every run
        count += 1
        is_own = where == OWN or any(where.startswith(f"{OWN}{one}/") for one in mine)
        is_own = is_own or where in {f"{OWN}{one}" for one in mine}
        if is_own and method == "GET":
            opened.add(where)
            if answered(browser, method, where, token) != 200:
                faults.append(f"{method} {where}: {kind} {state} is its own and closed")
        elif not is_own and answered(browser, method, where, token) not in {401, 403, 404, 405}:
            faults.append(f"{method} {where}: {kind} {state} is open")
    assert not faults, "\n".join(faults)
    assert len(opened) == 1 + 4 * len(mine)
    assert count > (600 if whole else 150)
    assert facts_held() == held


def shown(browser: DeskClient, sharing_id: int) -> dict[str, int]:
    """What each address of one referral answers."""
    parts = ("", "/decline", "/finish", "/message")
    return {part: browser.get(f"{OWN}{sharing_id}{part}").status_code for part in parts}


GONE = dict.fromkeys(("", "/decline", "/finish", "/message"), 404)
THERE = dict.fromkeys(GONE, 200)


@pytest.mark.proves("Z-15")
def test_what_is_revoked_is_gone_with_the_next_request_and_an_open_page_saves_nothing(
    world: World, sit: Sit
):
    browser, sharing_id = sit(Role.PARTNER), world.records["sharing"]["live"]["sharing_id"]
    form = form_of(browser.get(f"{OWN}{sharing_id}/message"))
    assert shown(browser, sharing_id) == THERE
    with transaction() as session:
        session.get_one(PartnerReferral, sharing_id).revoked_at = clock.now()
    assert shown(browser, sharing_id) == GONE
    sent = form | {"words": "Still here"}
    assert browser.post(f"{OWN}{sharing_id}/message", data=sent).status_code == 404
    assert f"Referral {sharing_id}" not in text_of(browser.get(OWN))


@pytest.mark.proves("Z-15")
def test_what_runs_out_is_gone_at_midnight_in_london(world: World, sit: Sit):
    sharing_id = world.records["sharing"]["live"]["sharing_id"]
    with transaction() as session:
        session.get_one(PartnerReferral, sharing_id).expires_on = NOON.date()
    assert shown(sit(Role.PARTNER), sharing_id) == THERE
    with clock.fixed(NOON + timedelta(hours=11, minutes=59)):
        assert shown(sit(Role.PARTNER), sharing_id) == THERE
    with clock.fixed(NOON + timedelta(hours=12)):
        assert shown(sit(Role.PARTNER), sharing_id) == GONE


@pytest.mark.proves("Z-15")
def test_what_was_shared_on_consent_is_gone_when_consent_is_taken_back(world: World, sit: Sit):
    browser, args = sit(Role.PARTNER), world.records["sharing"]["live"]
    with transaction() as session:
        row = session.get_one(PartnerReferral, args["sharing_id"])
        row.basis = "consent"
        case = session.get_one(CaseFile, row.case_id)
        agency = row.agency
    assert shown(browser, args["sharing_id"]) == THERE
    for answer in (Agreed.GIVEN, Agreed.WITHDRAWN):
        said = ConsentAnswer(
            purpose=Purpose.REFER_ON,
            agency=agency,
            answer=answer,
            how=SaidHow.PHONE,
            said_at=clock.now(),
        )
        people.record_consent(case.victim, said, actor=TEST)
    assert shown(browser, args["sharing_id"]) == GONE


@pytest.mark.proves("Z-07")
def test_no_page_that_links_lead_to_shows_a_partner_anybody_or_a_place_beyond_its_own(
    app: Flask, world: World, sit: Sit
):
    browser, faults, rules = sit(Role.PARTNER), [], set()
    references = set(db.session.scalars(sa.select(CaseFile.reference)))
    for where, answer in list(walk(app, browser, of_each=20)):
        rules.add(rule_of(app, where))
        if answer.status_code != 200:
            faults.append(f"{where}: {answer.status_code}")
        words = Words.of(answer)
        faults += [f"{where}: {one}" for one in words.hold(world.facts | references)]
        for link in Seen(answer.get_data(as_text=True)).links:
            inside = link.startswith("/") and not is_nobodys(link)
            if inside and not link.startswith(OWN):
                faults.append(f"{where} leads to {link}")
    assert not faults, "\n".join(faults)
    assert "/our-referrals/<int:sharing_id>" in rules


@pytest.mark.proves("Z-07")
def test_each_reading_by_a_partner_is_written_down_with_what_was_shown(world: World, sit: Sit):
    browser, sharing_id = sit(Role.PARTNER), world.records["sharing"]["live"]["sharing_id"]
    for _ in range(2):
        assert "A burglary" in text_of(browser.get(f"{OWN}{sharing_id}"))
    db.session.rollback()
    entries = db.session.scalars(
        sa.select(AuditEntry).where(
            AuditEntry.action == "partner_referral.read_by_agency",
            AuditEntry.object_id == str(sharing_id),
        )
    ).all()
    assert len(entries) == 2
    assert {one.actor_id for one in entries} == {world.people[Role.PARTNER]}
    assert {one.operation for one in entries} == {"disclosure"}
