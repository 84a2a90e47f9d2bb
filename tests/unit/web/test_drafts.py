"""Which words are handed to whoever keeps drafts, and when they are dropped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from beacon.web import drafts, errors
from tests.pages import form_of


class Drawer:
    """Keeps drafts in a list, or has no room for them."""

    def __init__(self) -> None:
        self.held: dict[str, drafts.Fields] = {}
        self.is_full = False

    def keep(self, path: str, fields: drafts.Fields) -> bool:
        """Hold the words, if there is room."""
        if not self.is_full:
            self.held[path] = fields
        return not self.is_full

    def kept(self, path: str) -> drafts.Fields | None:
        """The words held for the page."""
        return self.held.get(path)

    def drop(self, path: str) -> None:
        """Let go of them."""
        self.held.pop(path, None)


@pytest.fixture
def drawer(signed_in: Flask) -> Iterator[Drawer]:
    """Where the drafts of the application lie."""
    made = Drawer()
    keeping = drafts.Keeping(made.keep, made.kept, made.drop, "list", "act")
    drafts.keep_by(signed_in, keeping)
    yield made
    del signed_in.extensions["beacon_keeping"]


@pytest.fixture
def client(signed_in: Flask) -> FlaskClient:
    """The browser of the person signed in."""
    return signed_in.test_client()


def sent(client: FlaskClient, **words: str) -> dict[str, str]:
    """Words with the token of the page's own form."""
    return {"csrf_token": form_of(client.get("/list"))["csrf_token"]} | words


@pytest.mark.proves("V-03")
def test_what_is_sent_is_kept_while_its_author_proves_who_they_are(
    client: FlaskClient, drawer: Drawer
) -> None:
    answer = client.post("/export", data=sent(client, reason="For court", code="123456"))
    assert answer.location == "/prove?next=%2Fexport"
    assert drawer.held == {"/export": [("reason", "For court")]}


@pytest.mark.proves("V-03")
def test_what_cannot_be_kept_is_shown_before_its_author_is_sent_away(
    client: FlaskClient, drawer: Drawer
) -> None:
    drawer.is_full = True
    answer = client.post("/export", data=sent(client, reason="For court"))
    assert answer.status_code == 401
    assert b"For court" in answer.data
    assert b"Copy what you had typed" in answer.data


@pytest.mark.proves("V-03")
def test_an_order_that_led_on_drops_what_was_kept_of_it(
    client: FlaskClient, drawer: Drawer
) -> None:
    drawer.held["/export"] = [("reason", "For court")]
    client.post("/export?proved=yes", data=sent(client, reason="For court"))
    assert drawer.held == {}


@pytest.mark.parametrize("status", [403, 404, 429, 503])
@pytest.mark.proves("Z-26")
def test_a_refusal_shows_what_was_typed_for_copying(status: int, client: FlaskClient) -> None:
    answer = client.post(f"/refuse/{status}", data=sent(client, note="Long words", pin="1234"))
    assert answer.status_code == status
    assert b"Long words" in answer.data
    assert b"1234" not in answer.data


@pytest.mark.proves("Z-26")
def test_a_broken_rule_shows_what_was_typed_for_copying(client: FlaskClient) -> None:
    answer = client.post("/refuse/rule", data=sent(client, note="Long words"))
    assert answer.status_code == 400
    assert b"Long words" in answer.data


def test_a_fault_shows_nothing_of_what_was_typed(client: FlaskClient) -> None:
    answer = client.post("/refuse/fault", data=sent(client, note="Long words"))
    assert answer.status_code == 500
    assert b"Long words" not in answer.data


@pytest.mark.proves("C-03")
def test_another_site_cannot_put_words_on_our_pages(client: FlaskClient) -> None:
    words = sent(client, note="Ring 07700 900999 at once")
    answer = client.post("/list", data=words, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert b"07700" not in answer.data


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "csrf_token", "token", "code", "otp_code", "recovery-code",
     "code_1", "pin", "secret", "totp", "security_code"],
)  # fmt: skip
def test_what_proves_who_somebody_is_is_known_by_its_name(name: str) -> None:
    assert errors.SECRET.search(name)


@pytest.mark.parametrize(
    "name", ["postcode", "type_code", "notes", "opinion", "shopping", "encoded_by", "factors_met"]
)
def test_other_words_are_no_secret(name: str) -> None:
    assert not errors.SECRET.search(name)
