"""Lists, filters, pages, counts and search: nothing beyond the scope of a role, by any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.queries import counts_waiting
from beacon.fraud_hub.queries.lists import FraudCases
from beacon.fraud_hub.terms import Waiting
from beacon.people.models import Victim
from beacon.referrals.queries import Queue
from tests.conftest import DeskClient
from tests.factories import an_actor
from tests.long import each
from tests.pages import form_of
from tests.web.security.matrix.asking import rules_and_methods
from tests.web.security.matrix.filling import Forms
from tests.web.security.matrix.table import routes
from tests.web.security.matrix.world import Sit, World
from tests.web.security.walking import Seen

REFERENCE = re.compile(r"BCN-[0-9A-Z]{5}")
WORKERS = (Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER)
OVERSIGHT = "/oversight/"  # the log itself, which grows with every look at it
HIDDEN_ORDERS = ("victim_id", "restricted", "manager_id", "name_key", "postcode_index", "1;DROP")


class Known:
    """What one person may see, and what they may not, as the data themselves say."""

    def __init__(self, world: World, role: Role) -> None:
        self.actor: Actor = an_actor(db.session.get_one(Staff, world.people[role]))
        seen = sa.select(CaseFile.reference).where(scope.condition(self.actor, CaseFile))
        self.references = set(db.session.scalars(seen))
        if role is Role.PARTNER:
            self.references |= {world.records["case"]["referred"]["reference"]}
        hidden = sa.select(CaseFile).where(CaseFile.reference.not_in(self.references))
        self.hidden = list(db.session.scalars(hidden.order_by(CaseFile.id)))
        self.names = {case.victim.full_name for case in self.hidden}

    def beyond(self, html: str, where: str = "") -> set[str]:
        """Which cases and victims stand on a page that should not.

        Who looks after the log reads there that a case was opened, by its reference alone.
        """
        hidden = (
            set() if where.startswith("/oversight/") else {one.reference for one in self.hidden}
        )
        return {word for word in hidden | self.names if word in html}


def lists_of(app: Flask, role: Role) -> list[str]:
    """The pages without a record in their address that a role may open."""
    return [
        rule.rule
        for rule, method in rules_and_methods(app)
        if method == "GET"
        and not rule.arguments
        and (line := routes().get((method, rule.rule)))
        and line.answers[role.value] == "open"
    ]


def narrowed(html: str) -> Iterator[dict[str, str]]:
    """Every answer that the filters of a page offer, one at a time."""
    for form in Forms(html).forms:
        if form["method"].lower() == "get":
            for name, box in form["boxes"].items():
                yield from ({name: value} for value in box.values if value)


@pytest.mark.proves("Z-07", "Z-08")
@pytest.mark.parametrize("role", each(Role, soon=[Role.PARTNER]))
def test_no_list_filter_order_or_page_shows_what_is_beyond_the_role(
    role: Role, app: Flask, world: World, sit: Sit
):
    browser, known, faults, count = sit(role), Known(world, role), [], 0
    assert known.hidden
    for where in lists_of(app, role):
        plain = browser.get(where)
        if plain.mimetype != "text/html":
            continue
        html = plain.get_data(as_text=True)
        asked = [*narrowed(html), *({"sort": one, "order": "down"} for one in HIDDEN_ORDERS)]
        asked += [{"from": word} for word in ("gAAAAAB", "x" * 400, "%00", "[false,[1]]")]
        for words in [{}, *asked]:
            page = browser.get(f"{where}?{urlencode(words)}").get_data(as_text=True)
            count += 1
            if beyond := known.beyond(page, where):
                faults.append(f"{where} {words}: {sorted(beyond)}")
            if (
                "from" in words
                and not where.startswith(OVERSIGHT)
                and references(page) != references(html)
            ):
                faults.append(f"{where}: a place that was made up leads elsewhere")
    assert not faults, "\n".join(faults)
    assert count > 5


def references(html: str) -> set[str]:
    return set(REFERENCE.findall(html))


@pytest.mark.proves("Z-07")
@pytest.mark.parametrize("role", WORKERS)
def test_the_pages_of_the_list_of_cases_hold_every_case_of_the_role_and_no_other(
    role: Role, app: Flask, world: World, sit: Sit
):
    browser, known = sit(role), Known(world, role)
    found = all_of(browser, "/cases/?whose=all") | all_of(
        browser, "/cases/?whose=all&status=closed"
    )
    assert found == known.references
    assert len(found) > 10


def all_of(browser: DeskClient, where: str) -> set[str]:
    """The cases of a list, page after page."""
    found: set[str] = set()
    waiting, seen = [where], {where}
    while waiting:
        html = browser.get(waiting.pop()).get_data(as_text=True)
        found |= references(html)
        new = [link for link in Seen(html).links if "from=" in link and link not in seen]
        seen.update(new)
        waiting += new
    return found


@pytest.mark.proves("Z-07")
def test_a_place_in_another_persons_list_shows_no_more_than_ones_own(world: World, sit: Sit):
    intake, known = sit(Role.INTAKE_OFFICER), Known(world, Role.CASE_MANAGER)
    html = intake.get("/cases/?whose=all&status=closed").get_data(as_text=True)
    html += intake.get("/cases/?whose=all").get_data(as_text=True)
    places = [link for link in Seen(html).links if "from=" in link]
    manager = sit(Role.CASE_MANAGER)
    for place in places:
        assert not known.beyond(manager.get(place).get_data(as_text=True))
    assert known.hidden


@pytest.mark.proves("Z-07", "Z-08")
@pytest.mark.parametrize("role", WORKERS)
def test_search_finds_nobody_beyond_the_role_by_any_fact_of_theirs(
    role: Role, world: World, sit: Sit
):
    browser, known, faults = sit(role), Known(world, role), []
    token = form_of(browser.get("/search"))
    assert known.hidden
    for case in known.hidden[:6]:
        for words in facts_of(case.reference, case.victim):
            answer = browser.post("/search", data=token | {"words": words})
            page = answer.get_data(as_text=True).replace(f'value="{words}"', "")
            if answer.status_code != 200 or known.beyond(page):
                faults.append(f"{words}: {answer.status_code}, {known.beyond(page)}")
    own = db.session.scalars(
        sa.select(CaseFile).where(CaseFile.reference.in_(known.references)).limit(1)
    ).one()
    for words in facts_of(own.reference, own.victim):
        page = browser.post("/search", data=token | {"words": words}).get_data(as_text=True)
        if own.reference not in page.replace(f'value="{words}"', ""):
            faults.append(f"{words}: the person's own case is not found")
    assert not faults, "\n".join(faults)


def facts_of(reference: str, victim: Victim) -> list[str]:
    """What a caller can say of somebody."""
    points = [point.value for point in victim.contact_points]
    return [reference, victim.full_name, *points, victim.addresses[0].postcode]


@pytest.mark.proves("Z-07")
@pytest.mark.parametrize("role", [Role.INTAKE_OFFICER, Role.TEAM_LEADER])
def test_the_counts_of_the_queue_are_what_it_lists(role: Role, world: World):
    queue = Queue(viewer=Known(world, role).actor)
    listed, place = [], None
    while True:
        page = queue.page(place)
        listed += [row.place for row in page]
        if page.next is None:
            break
        place = page.next
    assert {one: listed.count(one) for one in queue.counts()} == queue.counts()
    assert sum(queue.counts().values()) > 5


@pytest.mark.proves("Z-07")
@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER])
def test_what_the_hub_counts_as_waiting_is_what_it_lists(role: Role, world: World):
    actor = Known(world, role).actor
    counted = counts_waiting(actor)
    for waiting in Waiting:
        listed = len(FraudCases(viewer=actor, waiting=waiting).page(size=1_000))
        assert getattr(counted, waiting.value.replace("-", "_")) == listed
