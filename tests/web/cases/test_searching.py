"""Search: by whatever the caller can say, within what the person may see, never in an address."""

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.roles import Role
from tests.pages import text_of


def found(browser, words):
    answer = browser.submit("/search", words=words)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize(
    "words",
    [
        "Hartwell",
        "amelia hartwell",
        "HARTWEL",
        "07700 900123",
        "+447700900123",
        "900123",
        "amelia@example.org",
        "hp1 1aa",
    ],
)
def test_a_case_is_found_by_what_is_known_of_the_person(browser, case, words):
    assert case.reference in found(browser, words)


def test_a_case_is_found_by_its_own_and_by_the_crimes_reference(browser, case):
    assert "Amelia Hartwell" in found(browser, case.reference.lower())
    assert "Amelia Hartwell" in found(browser, f" {case.crime.reference} ")


def test_nothing_is_found_of_what_a_person_may_not_see(desk, case):
    stranger = desk(Role.CASE_MANAGER, team="South")
    assert "No case that you may see is like that." in found(stranger, "Hartwell")


def test_what_was_found_is_written_down_without_the_words(browser, case):
    found(browser, "Hartwell")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("case.found", str(case.id))
    assert "Hartwell" not in entry.facts


def test_no_words_are_asked_for_again(browser):
    assert "Enter a name, reference" in found(browser, "   ")


def test_words_in_the_address_are_not_searched_for(browser, case):
    assert "Amelia" not in text_of(browser.get("/search?words=Hartwell"))
