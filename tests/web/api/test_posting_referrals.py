"""What programs post: taken in once, scoped, paced, refused in plain words."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.models import ApiClient
from beacon.accounts.terms import ClientFeed
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.feeds.commands import sweep_deliveries
from beacon.feeds.models import Delivery, ImportBatch
from beacon.feeds.terms import BatchState, Way
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.feed_rows import FRAUD, PARTNER, POLICE

ADDRESS = "/api/v1/referrals"


def counted(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_each_referral_is_told_apart(post):
    bad = POLICE | {"crime_reference": ""}
    late = POLICE | {"crime_reference": "41/101/26", "suspect_status": "unheard of"}
    answer = post(POLICE, bad, POLICE, late)
    assert answer.status_code == 200
    assert answer.json["read"] == 4
    assert [one["outcome"] for one in answer.json["referrals"]] == [
        "created",
        "rejected",
        "unchanged",
        "created",
    ]
    assert answer.json["referrals"][1]["reason"] == "crime_reference is missing"
    assert "suspect_status" in answer.json["referrals"][3]["warnings"][0]
    assert counted(Referral) == 2
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    assert (batch.way, batch.state) == (Way.API, BatchState.FINISHED)


def test_whether_somebody_was_known_before_is_not_said(post):
    first = post(PARTNER, feed="partner").json
    again = post(PARTNER | {"agency_reference": "R-18"}, feed="partner").json
    assert (
        set(again)
        == set(first)
        == {*("feed", "batch", "read", "created", "updated", "unchanged", "rejected", "referrals")}
    )
    assert again["referrals"] == first["referrals"]


def test_a_blank_referral_is_rejected_and_counted(post):
    answer = post({"crime_reference": " "}, POLICE)
    assert [one["outcome"] for one in answer.json["referrals"]] == ["rejected", "created"]
    assert (answer.json["read"], answer.json["rejected"]) == (2, 1)


def test_columns_that_are_not_known_are_kept_with_the_row(post):
    answer = post(POLICE | {"Our Number": "17", "our number": "18", "rejected_row": "1"})
    assert answer.json["created"] == 1


def test_null_is_not_known(post):
    assert post(POLICE | {"mobile": None}).json["created"] == 1


@pytest.mark.proves("M-12")
def test_the_same_key_and_body_are_answered_alike_and_taken_in_once(post):
    first = post(POLICE, key="a-key-of-ours")
    again = post(POLICE, key="a-key-of-ours")
    assert (again.status_code, again.json) == (200, first.json)
    assert counted(ImportBatch) == 1
    other = post(POLICE | {"last_name": "Other"}, key="a-key-of-ours")
    assert other.status_code == 409
    assert "key of its own" in other.json["detail"]
    assert counted(Referral) == 1


def test_two_programs_may_use_the_same_key(post, token_of):
    post(POLICE, key="a-key-of-ours")
    answer = post(POLICE, key="a-key-of-ours", token=token_of())
    assert answer.json["unchanged"] == 1


def test_a_key_is_forgotten_after_a_day(post):
    post(POLICE, key="a-key-of-ours")
    assert sweep_deliveries() == 0
    with clock.fixed(clock.now() + timedelta(hours=25)):
        assert sweep_deliveries() == 1
        assert post(POLICE, key="a-key-of-ours").json["unchanged"] == 1


def test_a_call_that_is_in_hand_is_not_begun_again_and_one_that_was_cut_short_is(post):
    post(POLICE, key="a-key-of-ours")
    with transaction() as session:
        delivery = session.scalars(sa.select(Delivery)).one()
        delivery.answered_at = None
        batch = session.get_one(ImportBatch, delivery.batch_id)
        batch.state = BatchState.RUNNING
        batch.process = "elsewhere:1"
        batch.beat_at = clock.now()
    in_hand = post(POLICE, key="a-key-of-ours")
    assert in_hand.status_code == 409
    with clock.fixed(clock.now() + timedelta(minutes=3)):
        again = post(POLICE, key="a-key-of-ours")
    assert again.json["unchanged"] == 1
    assert counted(ImportBatch) == 1


@pytest.mark.parametrize(
    "shown",
    ["", "Basic dXNlcjpw", "Bearer", "Bearer beacon_" + "x" * 43, "Bearer " + "x" * 9_000,
     "Bearer a b", "Bearer \u00e9"],
)  # fmt: skip
def test_nobody_posts_without_a_living_token(app: Flask, shown: str):
    answer = app.test_client().post(ADDRESS, json={}, headers={"Authorization": shown})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.mimetype == "application/problem+json"
    assert counted(ImportBatch) == 0


def test_a_token_that_is_over_or_shut_out_is_dead(post, token_of, app: Flask):
    token = token_of(name="Old program", ends_on=clock.today())
    assert post(POLICE, token=token).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=2)):
        assert post(POLICE, token=token).status_code == 401
    client = db.session.scalars(sa.select(ApiClient).filter_by(name="Old program")).one()
    accounts.revoke_client(client, actor=TEST)
    assert post(POLICE, token=token).status_code == 401


@pytest.mark.proves("M-16")
def test_a_list_out_of_scope_is_refused_whole_and_written_down(post, token_of):
    token = token_of(ClientFeed.FRAUD, name="Fraud alone")
    assert post(FRAUD, feed="fraud", token=token).status_code == 200
    answer = post(POLICE, token=token)
    assert answer.status_code == 403
    assert "may not send the list 'police'" in answer.json["detail"]
    assert counted(Referral) == 1
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.actor_name) == ("page.refused", "program Fraud alone")


@pytest.mark.proves("M-16")
def test_another_agency_s_referral_turns_the_batch_away(post):
    own = PARTNER | {"agency": " example  REFUGE "}
    nameless = {name: cell for name, cell in PARTNER.items() if name != "agency"}
    nameless["agency_reference"] = "R-19"
    foreign = PARTNER | {"agency": "Another Refuge", "agency_reference": "R-20"}
    answer = post(own, foreign, feed="partner")
    assert answer.status_code == 403
    assert "Referral 2 is of another agency" in answer.json["detail"]
    assert counted(Referral) == 0
    assert post(own, nameless, feed="partner").json["created"] == 2


@pytest.mark.proves("M-16")
@pytest.mark.parametrize("spelt", ["AGENCY", "Agency", "agency "])
def test_another_agency_is_seen_however_its_column_is_spelt(post, spelt):
    rest = {name: cell for name, cell in PARTNER.items() if name != "agency"}
    assert post({spelt: "Another Refuge"} | rest, feed="partner").status_code == 403
    assert post({spelt: "Another Refuge"} | PARTNER, feed="partner").status_code == 403
    assert counted(Referral) == 0
    assert post({spelt: "Example Refuge"} | rest, feed="partner").json["created"] == 1
    assert db.session.scalars(sa.select(Referral.source)).all() == ["Example Refuge"]


def test_a_program_calls_no_oftener_than_it_may(post, token_of):
    token = token_of(rate=2, name="Eager")
    with clock.fixed(clock.now().replace(second=20)) as now:
        assert [post(POLICE, token=token).status_code for _ in range(2)] == [200, 200]
        refused = [post(POLICE, token=token) for _ in range(3)]
        assert {answer.status_code for answer in refused} == {429}
        assert refused[0].headers["Retry-After"] == "40"
    written = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "page.refused")
    ).all()
    assert [entry.actor_name for entry in written] == ["program Eager"]
    with clock.fixed(now + timedelta(minutes=1)):
        assert post(POLICE, token=token).status_code == 200


def test_every_call_that_is_taken_is_written_down_without_its_cells(post):
    post(POLICE)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "api.delivered")
    ).one()
    assert json.loads(entry.facts) == {"batch": 1, "read": 1, "rejected": 0}
    assert entry.object_type == "api_client"


@pytest.mark.proves("I-07", "I-10")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"feed": NaN}', 400),
        (b"[" * 100_000, 400),
        (b"9" * 5_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"police"', 422),
        (b"{}", 422),
        (b'{"feed": ["police"], "referrals": [{}]}', 422),
        (b'{"feed": "court", "referrals": [{}]}', 422),
        (b'{"feed": "police", "referrals": []}', 422),
        (b'{"feed": "police", "referrals": {}}', 422),
        (b'{"feed": "police", "referrals": ["x"]}', 422),
        (b'{"feed": "police", "referrals": [{"mobile": 7}]}', 422),
        (b'{"feed": "police", "referrals": [{"mobile": true}]}', 422),
        (b'{"feed": "police", "referrals": [{"mobile": {"a": []}}]}', 422),
        (b'{"feed": "police", "referrals": [{"other": [1]}]}', 422),
        (b'{"feed": "police", "referrals": [{"notes": "a\\u0000b"}]}', 422),
        (b'{"feed": "police", "referrals": [{"notes": "\\ud800"}]}', 422),
        (b'{"feed": "police", "referrals": [{"\\ud800": "x"}]}', 422),
        (b'{"feed": "police", "referrals": [{"": "x"}]}', 422),
        (b'{"feed": "police", "referrals": [{"a\\u0000b": "x"}]}', 422),
        (b'{"feed": "police", "referrals": [{}], "more": 1}', 422),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_named_problem_and_stores_nothing(
    app: Flask, token_of, body: bytes, status: int
):
    answer = app.test_client().post(
        ADDRESS,
        data=body,
        headers={
            "Authorization": f"Bearer {token_of()}",
            "Idempotency-Key": "0123456789",
            "Content-Type": "application/json",
        },
    )
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["detail"]
    assert counted(Delivery) == counted(ImportBatch) == 0


@pytest.mark.proves("I-11")
@pytest.mark.parametrize(
    ("rows", "status"),
    [([{"notes": "x" * 2_100_000}], 413), ([{}] * 501, 422), ([{"notes": "x" * 32_768}], 422),
     ([{f"column {n}": "x" for n in range(201)}], 422)],
)  # fmt: skip
def test_too_much_at_once_is_turned_away(post, rows: list[dict[str, str]], status: int):
    answer = post(*rows)
    assert answer.status_code == status
    assert counted(Referral) == counted(Delivery) == 0


@pytest.mark.parametrize("key", ["short", "x" * 129, "with space 1", "\u00fcber-key-1"])
def test_a_key_of_another_form_is_named(post, key: str):
    answer = post(POLICE, key=key)
    assert answer.status_code == 422
    assert [one["place"] for one in answer.json["errors"]] == ["Idempotency-Key"]


def test_another_kind_of_body_another_method_and_another_address_are_problems(app: Flask, token_of):
    browser = app.test_client()
    bearer = {"Authorization": f"Bearer {token_of()}"}
    assert browser.post(ADDRESS, data="feed=police", headers=bearer).status_code == 415
    for answer in (browser.get(ADDRESS), browser.get("/api/v1/nothing"), browser.get("/api/")):
        assert answer.status_code in {404, 405}
        assert answer.mimetype == "application/problem+json"


def test_a_batch_that_is_refused_whole_may_be_put_right_under_the_same_key(post):
    wide = {f"column {n}": "x" for n in range(201)}
    assert post(POLICE | wide, key="a-key-of-ours").status_code == 422
    assert post(POLICE, key="a-key-of-ours").json["created"] == 1


def test_the_description_is_made_of_the_code(app: Flask):
    answer = app.test_client().get("/api/v1/openapi.json")
    said = answer.json
    assert said["openapi"].startswith("3.")
    assert list(said["paths"]) == ["/api/v1/referrals", "/api/v1/openapi.json"]
    row = said["components"]["schemas"]["Referral"]
    assert {"crime_reference", "fraud_reference", "agency_reference"} <= set(row["properties"])
    assert row["additionalProperties"]["type"] == ["string", "null"]
