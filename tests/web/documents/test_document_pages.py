"""The pages of documents: added, refused without losing a word, saved, removed, printed."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.documents import commands
from beacon.documents.models import Document
from beacon.documents.terms import DocumentKind
from beacon.entitlements.terms import Channel
from beacon.feeds import scanning
from tests.factories import TEST, a_case, a_member_of_staff
from tests.files_of_cases import a_docx, a_pdf
from tests.hearings import a_hearing
from tests.pages import form_of, text_of

SAID = {"title": "Letter of the housing officer", "kind": "housing", "about": "A second bedroom."}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def no_scanner_afterwards():
    yield
    scanning.configure(())


def at(case, rest=""):
    return f"/cases/{case.reference}{rest}"


def send(browser, case, content: bytes, name: str = "a.pdf", **known):
    page = form_of(browser.get(at(case, "/documents/add")))
    file = (io.BytesIO(content), name)
    return browser.post(at(case, "/documents/add"), data=page | SAID | known | {"file": file})


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))


@pytest.fixture
def document(case) -> Document:
    given = commands.Given(kind=DocumentKind.HOUSING, title=SAID["title"])
    return commands.add(case, given, commands.FileGiven("a.pdf", a_pdf()), actor=TEST)


def test_a_document_is_added_listed_opened_and_named_on_the_case(browser, case):
    assert send(browser, case, a_pdf()).status_code == 302
    for page in (at(case), at(case, "/documents")):
        assert SAID["title"] in text_of(browser.get(page))
    words = text_of(browser.get(at(case, "/documents/1")))
    assert "PDF, 378 Bytes" in words or "PDF" in words
    assert "Not scanned" in words
    assert "There is no virus scanner here" in words


@pytest.mark.proves("H-09", "X-12", "E-05")
def test_the_file_is_saved_and_never_opened_in_a_page_of_ours(browser, case, document):
    answer = browser.get(at(case, f"/documents/{document.id}/file"))
    assert answer.data == a_pdf()
    assert answer.headers["Content-Type"].startswith("application/octet-stream")
    name = f"{case.reference}-document-1.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "document.opened" in actions()


@pytest.mark.proves("V-03", "V-04", "M-07")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty"),
        (a_docx(**{"word__vbaProject.bin": b"x"}), "holds macros"),
        (b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"a" * (25 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["empty", "macros", "too-large", "much-too-large"],
)
def test_a_refused_file_says_why_and_every_word_beside_it_stays(browser, case, content, why):
    answer = send(browser, case, content)
    assert answer.status_code == 200
    assert why in text_of(answer)
    kept = form_of(answer)
    assert {name: kept[name] for name in SAID} == SAID
    assert db.session.scalars(sa.select(Document)).all() == []


@pytest.mark.proves("M-19", "V-03")
def test_a_harmful_file_is_refused_beside_the_words_that_were_typed(browser, case):
    scanning.configure(("/bin/sh", "-c", "cat > /dev/null; exit 1"))
    answer = send(browser, case, a_pdf())
    assert "virus scanner refuses the file" in text_of(answer)
    assert form_of(answer)["about"] == SAID["about"]
    assert "refused by the virus scan" in text_of(browser.get(at(case, "/documents")))
    assert browser.get(at(case, "/documents/1/file")).status_code == 404


@pytest.mark.proves("M-19")
def test_what_waits_for_the_scan_is_not_handed_out(browser, case):
    scanning.configure(("/bin/sh", "-c", "cat > /dev/null; exit 2"))
    send(browser, case, a_pdf())
    answer = browser.get(at(case, "/documents/1/file"))
    assert answer.location == at(case, "/documents")
    assert "Waiting for the virus scan" in text_of(browser.get(answer.location))
    assert "has not answered yet" in text_of(browser.get(at(case, "/documents/1")))


@pytest.mark.proves("V-03")
def test_the_words_beside_a_file_are_kept_when_the_session_ends_and_the_file_is_not(browser, case):
    page = browser.get(at(case, "/documents/add"))
    assert f'data-keep="{at(case, "/documents/add")}"' in page.get_data(as_text=True)
    kept = {"beacon_place": at(case, "/documents/add"), "title": "Half of a"}
    browser.post("/drafts", data=form_of(page) | kept)
    back = browser.get(at(case, "/documents/add"))
    assert "What you had typed is back" in text_of(back)
    assert form_of(back)["title"] == "Half of a"


@pytest.mark.proves("I-01", "M-17")
def test_names_and_words_are_shown_as_text(browser, case):
    send(browser, case, a_pdf(), name=f"{SCRIPT}.pdf", title=SCRIPT, about=SCRIPT)
    for page in ("/documents", "/documents/1", "/documents/1/remove", ""):
        answer = browser.get(at(case, page)).get_data(as_text=True)
        assert SCRIPT not in answer
        assert "&lt;script&gt;" in answer


def test_what_is_said_of_it_is_changed_and_it_is_removed_with_a_reason(browser, case, document):
    where = at(case, f"/documents/{document.id}")
    browser.submit(where, title="From the council", kind="housing")
    assert "From the council" in text_of(browser.get(where))
    assert "why it is removed" in text_of(browser.submit(f"{where}/remove", reason=""))
    assert browser.submit(f"{where}/remove", reason="Of another case").status_code == 302
    words = text_of(browser.get(where))
    assert "Of another case" in words
    assert "From the council" not in words
    assert browser.get(f"{where}/file").status_code == 404
    assert browser.get(f"{where}/remove").status_code in {200, 404}


@pytest.mark.proves("Z-05", "Z-25")
def test_a_sensitive_document_is_on_no_page_of_a_fraud_officer(desk, case, manager):
    given = commands.Given(kind=DocumentKind.MEDICAL, title="From the surgery")
    document = commands.add(case, given, commands.FileGiven("a.pdf", a_pdf()), actor=TEST)
    officer = desk(person=a_member_of_staff(Role.FRAUD_OFFICER))
    for page in (f"/documents/{document.id}", f"/documents/{document.id}/file"):
        assert officer.get(at(case, page)).status_code == 404


def test_a_document_is_not_found_under_another_case(browser, case, document, manager):
    other = a_case(manager=manager)
    for page in ("", "/file", "/remove"):
        assert browser.get(at(other, f"/documents/{document.id}{page}")).status_code == 404


@pytest.mark.proves("X-04", "X-05", "Z-05")
def test_a_case_on_paper_has_none_of_what_must_not_be_printed(browser, case, document):
    hearing = a_hearing(crime_key=case.crime.reference_key)
    cases.log_contact(
        case,
        at=clock.now(),
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="Afraid of her brother",
        actor=TEST,
    )
    secret = commands.Given(kind=DocumentKind.MEDICAL, title="From the surgery")
    commands.add(case, secret, commands.FileGiven("b.txt", b"words"), actor=TEST)
    assert "Choose why you print it" in text_of(browser.submit(at(case, "/print")))
    answer = browser.submit(at(case, "/print"), why="court")
    words = text_of(answer)
    for there in ("Hartwell", case.reference, "Priya Shah", "Document 1: housing", "Telephone"):
        assert there in words
    hidden = ("900123", "amelia@", "HP1", "library", "Afraid", "surgery", "Document 2", "edical")
    for gone in (*hidden, hearing.defendant.last_name, SAID["title"], case.crime.offence):
        assert gone not in words
    db.session.rollback()
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "case.printed")
    ).one()
    assert (entry.operation, entry.reason) == ("disclosure", "A day at court")


@pytest.mark.proves("Z-02")
@pytest.mark.parametrize(
    "role",
    [Role.INTAKE_OFFICER, Role.COURT_OFFICER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR],
)
def test_no_page_of_documents_is_open_to_other_roles(desk, case, document, role):
    person = desk(role)
    own = (f"/documents/{document.id}", f"/documents/{document.id}/file")
    for page in ("/documents", "/documents/add", *own, "/letters/new", "/print"):
        assert person.get(at(case, page)).status_code == 403
