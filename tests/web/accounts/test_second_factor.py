"""Outside the demonstration a password opens nothing: the app's code does, once, or a new app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, url_for

from beacon.accounts import commands
from beacon.accounts.models import AuthSession, Notice, RecoveryCode, SecondFactor
from beacon.accounts.terms import LinkPurpose, NoticeKind
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.factories import TEST, a_case
from tests.pages import form_of, text_of
from tests.signing_in import (
    EMAIL,
    PASSWORD,
    App,
    a_person,
    cookie_of,
    counted_hashes,
    enrol,
    give_code,
    give_password,
    secret_on,
    sign_in_fully,
    with_cookie,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
STEP = timedelta(seconds=30)
ANOTHER = "thimble orchard gravel"
WAITS_FOR_FACTOR = {"/factor", "/factor/recover", "/factor/new", "/sign-out"}


@pytest.fixture
def person(staging: Flask):
    with clock.fixed(NOON):
        yield a_person(Role.TEAM_LEADER)


@pytest.fixture
def client(staging: Flask, person):
    return staging.test_client()


def notices() -> list[NoticeKind]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def last_entry(action: str) -> AuditEntry:
    db.session.rollback()
    return db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq.desc())
    ).first()


def at(minutes: float = 0, seconds: float = 0):
    return clock.fixed(NOON + timedelta(minutes=minutes, seconds=seconds))


def signed_out(client):
    client.post("/sign-out", data=form_of(client.get("/"), 0))


def test_a_password_leads_by_way_of_a_new_app_to_the_page_asked_for(client, person):
    case = a_case(manager=person)
    asked = client.get(f"/cases/{case.reference}")
    given = give_password(client, to=asked.location)
    assert given.location == f"/factor?next=/cases/{case.reference}"
    onward = client.get(given.location)
    assert onward.location == f"/factor/new?next=/cases/{case.reference}"
    done = enrol(client, onward.location)
    assert len(set(done.recovery_codes)) == 10
    assert f'href="/cases/{case.reference}"' in done.page.get_data(as_text=True)
    assert client.get(f"/cases/{case.reference}").status_code == 200


@pytest.mark.proves("A-15")
@pytest.mark.parametrize("has_app", [False, True])
def test_with_the_password_alone_only_the_second_factor_and_signing_out_answer(
    staging: Flask, client, person, has_app: bool
):
    case = a_case(manager=person)
    name = case.victim.full_name
    if has_app:
        sign_in_fully(client)
        signed_out(client)
    give_password(client)
    token = form_of(client.get("/factor" if has_app else "/factor/new"))["csrf_token"]
    values = {"reference": case.reference, "filename": "beacon.css", "token": "x"}
    let_through = set()
    for rule in staging.url_map.iter_rules():
        if rule.endpoint == "static" or getattr(
            staging.view_functions[rule.endpoint], "for_machines", False
        ):
            continue
        with staging.test_request_context():
            where = url_for(rule.endpoint, **{n: values.get(n, 1) for n in rule.arguments})
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            if rule.rule == "/sign-out":
                let_through.add(rule.rule)
                continue
            answer = client.open(where, method=method, data={"csrf_token": token})
            assert name not in answer.get_data(as_text=True)
            sent_back = answer.status_code == 302 and answer.location.startswith("/factor")
            if rule.rule in WAITS_FOR_FACTOR or not sent_back:
                let_through.add(rule.rule)
    assert let_through == WAITS_FOR_FACTOR
    assert client.get("/no-such-page").status_code == 302
    assert "Signed in as" not in text_of(client.get("/factor", follow_redirects=True))
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 302
    assert client.get("/factor").location.startswith("/sign-in")


@pytest.mark.proves("A-15")
def test_a_session_from_before_the_factor_was_asked_is_half_a_session(staging_desk, person):
    browser = staging_desk(person=person)
    assert browser.get("/").status_code == 200
    with transaction() as session:
        session.execute(sa.update(AuthSession).values(mfa_at=None))
    assert browser.get("/").location == "/factor"


@pytest.mark.proves("S-01")
def test_the_token_changes_with_each_step_and_a_planted_cookie_is_dead(staging, client, person):
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    planted = cookie_of(client)
    give_password(client)
    half = cookie_of(client)
    with client.session_transaction() as session:
        assert "planted" not in session
    done = enrol(client)
    whole = cookie_of(client)
    signed_out(client)
    with at(minutes=1):
        give_password(client)
        again = cookie_of(client)
        give_code(client, done.app.code())
        assert len({planted, half, whole, again, cookie_of(client)}) == 5
        for dead in (planted, half, whole, again):
            assert with_cookie(client, dead).get("/").location.startswith("/sign-in")
        assert client.get("/").status_code == 200
        with client.session_transaction() as session:
            assert set(session) <= {"_user_id", "csrf_token", "csrf_owner", "_flashes"}


@pytest.mark.proves("S-01")
def test_a_session_of_somebody_else_that_was_planted_ends_when_its_holder_signs_in(
    staging, client, person
):
    a_person(Role.CASE_MANAGER, email="mallory@example.org")
    sign_in_fully(client, email="mallory@example.org")
    planted = cookie_of(client)
    form = form_of(client.get("/")) | {"email": EMAIL, "password": PASSWORD}
    assert client.post("/sign-in", data=form).location.startswith("/factor")
    assert with_cookie(client, planted).get("/").location.startswith("/sign-in")


@pytest.mark.proves("S-12")
def test_the_cookie_is_for_this_host_alone_over_https_alone_and_not_for_scripts(client, person):
    header = give_password(client).headers["Set-Cookie"]
    flags = {part.strip().partition("=")[0].lower() for part in header.split(";")[1:]}
    assert header.startswith("__Host-beacon=")
    assert {"secure", "httponly", "path", "samesite"} == flags
    assert "path=/;" in header.lower() + ";"
    assert "samesite=lax" in header.lower()
    plain = client.get("/sign-in", base_url="http://localhost")
    assert (plain.status_code, plain.headers.get("Set-Cookie")) == (301, None)


@pytest.mark.proves("A-16")
def test_a_code_is_taken_once_and_none_before_it_afterwards(staging, client, person):
    app = sign_in_fully(client).app
    signed_out(client)
    with at(minutes=2):
        give_password(client)
        code, before = app.code(), app.code(clock.now() - STEP)
        assert give_code(client, code).status_code == 302
        assert client.get("/").status_code == 200
        for used in (code, before):
            other = staging.test_client()
            give_password(other)
            assert give_code(other, used).status_code == 200
            assert other.get("/").location == "/factor"


@pytest.mark.proves("A-16")
def test_the_code_that_confirmed_an_app_does_not_sign_in(staging, client, person):
    app = sign_in_fully(client).app
    other = staging.test_client()
    give_password(other)
    assert give_code(other, app.code()).status_code == 200


@pytest.mark.proves("A-17")
@pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
def test_a_code_counts_for_one_step_either_side_of_the_servers_clock(
    client, person, steps: int, status: int
):
    app = sign_in_fully(client).app
    signed_out(client)
    with at(minutes=5):
        give_password(client)
        code = app.code(clock.now() + steps * STEP)
        page = client.get("/factor")
        told = {"Date": "Tue, 24 Nov 2026 09:00:00 GMT"}
        answer = client.post("/factor", data=form_of(page) | {"code": code}, headers=told)
        assert answer.status_code == status


@pytest.mark.proves("A-18")
def test_ten_wrong_codes_lock_the_factor_and_a_new_password_does_not_unlock_it(
    staging, client, person
):
    app = sign_in_fully(client).app
    signed_out(client)
    with at(minutes=2):
        give_password(client)
        for _ in range(10):
            assert give_code(client, "000000").status_code == 200
    with at(minutes=10):
        other = staging.test_client()
        assert give_password(other).status_code == 302
        refused = give_code(other, app.code())
        assert refused.status_code == 200
    assert '"why":"locked"' in last_entry("accounts.code_refused").facts
    assert notices() == [NoticeKind.LOCKED]
    with at(minutes=17, seconds=1):
        late = staging.test_client()
        give_password(late)
        assert give_code(late, app.code()).status_code == 302


def test_a_wrong_code_reads_the_same_whether_or_not_codes_are_locked(staging, client, person):
    sign_in_fully(client)
    signed_out(client)
    with at(minutes=2):
        give_password(client)
        pages = [text_of(give_code(client, "000000")) for _ in range(12)]
    assert len(set(pages)) == 1


@pytest.mark.proves("A-20")
def test_a_recovery_code_works_once_and_leads_to_a_new_app_and_no_further(staging, client, person):
    first = sign_in_fully(client)
    signed_out(client)
    code = first.recovery_codes[3]
    with at(minutes=2):
        give_password(client)
        assert client.get("/factor/new").location.startswith("/factor")
        answer = client.submit("/factor/recover?next=/cases/", code=code.lower().replace("-", " "))
        assert answer.location == "/factor/new?next=/cases/"
        assert client.get("/").location == "/factor"
        assert notices() == [NoticeKind.RECOVERY_USED]
        assert last_entry("accounts.recovery_used").actor_id == person.id
        other = staging.test_client()
        give_password(other)
        assert other.submit("/factor/recover", code=code).status_code == 200
        assert give_code(other, first.app.code()).status_code == 302
    with at(minutes=4):
        second = enrol(client)
        assert client.get("/").status_code == 200
        assert notices()[1:] == [NoticeKind.FACTOR_CHANGED]
        assert other.get("/").location.startswith("/sign-in")
    with at(minutes=6):
        give_password(other)
        assert give_code(other, first.app.code()).status_code == 200
        assert other.submit("/factor/recover", code=first.recovery_codes[4]).status_code == 200
        assert give_code(other, second.app.code()).status_code == 302


@pytest.mark.proves("A-20")
def test_of_recovery_codes_and_secrets_the_table_keeps_nothing_readable(client, person):
    done = sign_in_fully(client)
    kept = db.session.scalars(sa.select(RecoveryCode)).all()
    assert len(kept) == 10
    assert all(row.code_hash.startswith("$argon2id$") for row in kept)
    raw = db.session.execute(sa.text("SELECT * FROM recovery_code")).all()
    letters = [code.replace("-", "") for code in done.recovery_codes]
    assert not any(code[4:] in str(row) for row in raw for code in letters)
    sealed = db.session.scalar(sa.select(SecondFactor.secret_sealed))
    assert done.app.secret.encode() not in sealed


@pytest.mark.proves("A-18", "A-20")
def test_wrong_recovery_codes_count_as_wrong_codes(client, person):
    codes = sign_in_fully(client).recovery_codes
    signed_out(client)
    with at(minutes=2):
        give_password(client)
        for _ in range(10):
            client.submit("/factor/recover", code="AAAA-BBBB-CCCC-DDDD-EEEE")
        with counted_hashes() as hashed:
            assert client.submit("/factor/recover", code=codes[0]).status_code == 200
        assert hashed == []


def test_an_offer_made_to_one_session_confirms_nothing_in_another(staging, client, person):
    give_password(client)
    offer = client.get("/factor/new")
    other = staging.test_client()
    give_password(other)
    mine = form_of(other.get("/factor/new"))
    stolen = mine | {"offered": form_of(offer)["offered"], "code": App(secret_on(offer)).code()}
    assert other.post("/factor/new", data=stolen).status_code == 200
    assert db.session.scalar(sa.select(sa.func.count(SecondFactor.id))) == 0


def test_a_mistyped_first_code_keeps_the_offer_that_was_scanned(client, person):
    give_password(client)
    page = client.get("/factor/new")
    again = client.post("/factor/new", data=form_of(page) | {"code": "123"})
    assert "There is a problem" in text_of(again)
    assert secret_on(again) == secret_on(page)


def test_the_square_is_drawn_without_inline_style_and_says_what_it_is(client, person):
    give_password(client)
    page = client.get("/factor/new").get_data(as_text=True)
    square = page[page.index("<svg", page.index("beacon-square")) :]
    square = square[: square.index("</svg>")]
    assert "<title>Code for your authenticator app</title>" in square
    assert "style=" not in square
    assert secret_on(client.get("/factor/new")) not in square


@pytest.mark.proves("A-21")
def test_whoever_is_disabled_between_password_and_code_gets_no_further(client, person):
    app = sign_in_fully(client).app
    signed_out(client)
    with at(minutes=2):
        give_password(client)
        commands.disable(person, actor=TEST)
        answer = client.post("/factor", data={"code": app.code()})
        assert answer.status_code in {302, 400}
        assert client.get("/factor").location.startswith("/sign-in")


def test_a_new_app_in_the_place_of_the_old_needs_proof_and_the_password(client, person):
    first = sign_in_fully(client)
    with at(minutes=11):
        asked = client.get("/factor/new")
        assert asked.location == "/prove?next=/factor/new?next%3D/"
        assert client.submit(asked.location, code=first.app.code()).status_code == 302
        assert enrol(client, password="not the password at all").recovery_codes == []
        second = enrol(client, password=PASSWORD)
        assert len(second.recovery_codes) == 10
        assert client.get("/").status_code == 200
    assert notices() == [NoticeKind.FACTOR_CHANGED]


@pytest.mark.proves("A-22")
def test_after_a_new_password_by_a_link_the_app_is_still_asked(staging, client, person):
    old = sign_in_fully(client).app
    link = commands.issue_setup_link(person, purpose=LinkPurpose.RESET, actor=TEST)
    browser = staging.test_client()
    with at(minutes=2):
        assert browser.submit(f"/set-password/{link}", password=ANOTHER).status_code == 302
        assert client.get("/").location.startswith("/sign-in")
        assert give_password(browser, ANOTHER).location == "/factor?next=/"
        for address in ("/", "/account/", "/factor/new"):
            assert browser.get(address).location.partition("?")[0] == "/factor"
        assert browser.get("/factor").status_code == 200
        assert give_code(browser, old.code()).status_code == 302
        assert browser.get("/account/").status_code == 200
    assert notices() == [NoticeKind.PASSWORD_CHANGED]


def test_an_administrators_reset_at_the_terminal_leads_to_a_new_app(staging, client, person):
    old = sign_in_fully(client).app
    runner = staging.test_cli_runner()
    assert runner.invoke(args=["accounts", "reset-factor", EMAIL]).exit_code == 0
    assert runner.invoke(args=["accounts", "reset-factor", "no@example.org"]).exit_code == 2
    assert client.get("/").location.startswith("/sign-in")
    with at(minutes=2):
        give_password(client)
        assert client.get("/factor").location == "/factor/new?next=/"
        assert enrol(client).app.secret != old.secret
        assert "An administrator took the authenticator app off" in text_of(client.get("/"))
