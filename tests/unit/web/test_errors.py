"""What a person reads when a request is turned away, and what the log keeps of it."""

from __future__ import annotations

import json
import logging

import pytest
from flask import Flask

from beacon.web import logs
from beacon.web.errors import NOTICES


@pytest.mark.parametrize("status", sorted(NOTICES))
def test_each_refusal_has_its_own_page(status: int, signed_in: Flask) -> None:
    answer = signed_in.test_client().get(f"/refuse/{status}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert f"<h1>{NOTICES[status].title}</h1>" in page
    assert page.count("<h1") == 1


def test_a_refusal_we_meant_shows_its_own_words(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/refuse/rule")
    assert answer.status_code == 400
    assert b"This case is closed. Reopen it before you assign it." in answer.data


def test_a_record_out_of_scope_reads_like_one_that_is_absent(signed_in: Flask) -> None:
    client = signed_in.test_client()
    hidden, absent = client.get("/refuse/absent"), client.get("/nowhere")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data


def test_what_depends_on_something_missing_says_so(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/refuse/down")
    assert answer.status_code == 503
    assert b"nothing is shown" in answer.data


def test_a_fault_shows_a_reference_and_nothing_else(
    signed_in: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    answer = signed_in.test_client().get("/refuse/fault")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in page
    assert "KeyError" not in page
    assert "Robin" not in page
    assert [record.message for record in caplog.records if record.exc_info] == ["unhandled fault"]


def test_a_wrong_method_says_which_are_right(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/act")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "text",
    [
        "call 07700 900123 now",
        "+447700900123",
        "write to robin.ashe@example.org",
        "[SQL: UPDATE victim]\n[parameters: ('Robin Ashe', 'secret')]\n(Background on this error)",
        "duplicate key\nDETAIL:  Key (name)=(Robin Ashe) already exists.",
    ],
)
def test_personal_data_that_slips_into_a_line_is_put_out(text: str) -> None:
    kept = logs.without_personal_data(text)
    assert not any(word in kept for word in ("900123", "robin", "Robin", "secret"))


@pytest.mark.parametrize(
    "text", ["2026-11-24T09:30:00.123456Z", "BCN-7K2M4", "388e8300ef36", "took 0.123 s"]
)
def test_what_is_not_personal_is_left(text: str) -> None:
    assert logs.without_personal_data(text) == text


def test_a_line_is_json_with_the_reference_of_its_request(
    signed_in: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logs.configure("json")
    answer = signed_in.test_client().get("/refuse/rule?name=Robin")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["rule"], line["status"], line["level"]) == ("/refuse/<how>", 400, "info")
    assert "Robin" not in str(line)
