"""Every page that links lead to, as each of nine roles: what shows, and what is written down."""

from __future__ import annotations

import logging
import re

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.roles import Role
from tests.long import each
from tests.pages import Page
from tests.web.security.walking import NUMBER, Facts, Words, figures, rule_of, walk

WORKERS = {Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}
LEAST_RULES = dict.fromkeys(WORKERS, 12) | {Role.COURT_OFFICER: 10, Role.ADMINISTRATOR: 3}
# What was shared with an agency, its own users read: of whom, and how they may be reached.
# Who sends a number of their own case on sees it whole before it goes (P-04).
PREVIEW = "/cases/<string:reference>/partners/<int:sharing_id>/send"
SHARED, SHARED_FACTS = "/our-referrals/", {"victim", "victim's number", "victim's mail"}
OF_COURTS = {Role.COURT_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER}


def entries() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(AuditEntry.seq))) or 0


def wrongly_shown(role: Role, words: Words, facts: Facts) -> dict[str, set[str]]:
    """The facts on this page that the role may not know, or not here."""
    of_victims = role in WORKERS
    found = {
        "address": words.hold(facts.places),
        "defendant's number": words.numbers(facts.defendant_numbers),
        "victim": set() if of_victims else words.hold(facts.victims),
        "victim's number": words.numbers(facts.victim_numbers),
        "victim's mail": words.hold(facts.mail),
        "defendant": set() if role in OF_COURTS else words.hold(facts.defendants - facts.victims),
    }
    return {kind: shown for kind, shown in found.items() if shown}


@pytest.mark.timeout(600)
@pytest.mark.proves("Z-05", "Z-19", "Z-20", "Z-27", "U-03", "P-01", "P-09")
@pytest.mark.parametrize("role", each(Role, soon=[Role.CASE_MANAGER, Role.PARTNER, Role.ANALYST]))
def test_links_lead_only_where_the_role_may_go_and_pages_show_only_what_it_may_know(
    role: Role, county, at_desk, caplog: pytest.LogCaptureFixture
):
    browser, facts = at_desk(role), Facts.of_county()
    people = facts.victims | facts.defendants
    faults, written, rules = [], entries(), set()
    with caplog.at_level(logging.INFO):
        for address, answer in walk(county, browser):
            before, written = written, entries()
            rule, words = rule_of(county, address), Words.of(answer)
            rules.add(rule)
            if answer.status_code >= 400:
                faults.append((rule, "a link leads to", answer.status_code))
            shown = wrongly_shown(role, words, facts)
            if role is Role.PARTNER and rule.startswith(SHARED):
                shown = {kind: one for kind, one in shown.items() if kind not in SHARED_FACTS}
            if role is Role.CASE_MANAGER and rule == PREVIEW:
                shown.pop("victim's number", None)
            faults += [(rule, *one) for one in shown.items()]
            held = words.hold(people)
            if held and written == before:
                faults.append((rule, "nothing was written down", held))
            if answer.mimetype == "text/html" and Words(Page(words.text).title).hold(people):
                faults.append((rule, "a name in the title", ""))
            if Words(address).hold(people) or NUMBER.search(address):
                faults.append((rule, "a person in the address", address))
    assert faults == []
    assert len(rules) >= LEAST_RULES.get(role, 1)
    logged = Words("\n".join(str(vars(record)) for record in caplog.records))
    assert "request" in logged.text
    assert not logged.hold(people | facts.mail | facts.places)
    assert not logged.numbers(facts.victim_numbers | facts.defendant_numbers)


@pytest.mark.proves("U-13")
def test_the_log_of_a_whole_county_holds_no_content(county):
    facts = Facts.of_county()
    of_content = [
        f"{entry.action} {entry.object_id} {entry.facts} {entry.reason}"
        for entry in db.session.scalars(sa.select(AuditEntry))
    ]
    log = Words("\n".join(of_content))
    assert log.text
    assert not log.hold(facts.victims | facts.defendants | facts.mail | facts.places)
    assert not log.numbers(facts.victim_numbers | facts.defendant_numbers)
    runs = {figures(run) for run in re.findall(r"\d{10,}", log.text)}
    assert not runs & (facts.victim_numbers | facts.defendant_numbers)
