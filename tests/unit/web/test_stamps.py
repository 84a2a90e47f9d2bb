"""What each stamp of a view lets through, where it sends the others, and that it can be seen."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask_login import AnonymousUserMixin, LoginManager, UserMixin

from beacon.web import guard


class Place(StrEnum):
    """What a person may open here."""

    LIST = "list"
    VAULT = "vault"


class Person(UserMixin):
    """Somebody who may open the list, and who has or has not proved lately who they are."""

    id = "1"

    def __init__(self, *, proved: bool) -> None:
        self.has_proved_lately = proved

    def may(self, permission: StrEnum) -> bool:
        return permission is Place.LIST


class Half(AnonymousUserMixin):
    """Somebody who has given the password and not yet the second factor."""

    is_half = True


PROVED, NOT_LATELY, NOBODY = Person(proved=True), Person(proved=False), None
HALF = Half()


def page(number: int = 0, *, also: str = "") -> str:
    """What the view shows."""
    return f"page {number}{also}"


def asked(who: Person | Half | None, view: Callable[..., Any], where: str, **sent: Any) -> Any:
    """The answer to a person who asks for a view that lies at /work."""
    app = Flask("stamps")
    app.secret_key = "made up for a test"
    logins = LoginManager(app)
    logins.user_loader(lambda token: None)
    logins.request_loader(lambda request: who)
    for rule, methods in (
        ("/work", ["GET", "POST"]),
        ("/deeds/<int:number>", ["GET"]),
        ("/do", ["POST"]),
    ):
        app.add_url_rule(rule, rule, view, methods=methods)
    return app.test_client().open(where, **sent)


STAMPS = [guard.permission_required(Place.LIST), guard.any_signed_in, guard.password_given]


@pytest.mark.parametrize("stamp", STAMPS)
def test_whoever_may_open_the_page_gets_what_was_asked_for(stamp: Callable[..., Any]) -> None:
    answer = asked(PROVED, stamp(page), "/deeds/7")
    assert (answer.status_code, answer.text) == (200, "page 7")


@pytest.mark.parametrize("stamp", STAMPS)
def test_nobody_is_sent_to_sign_in_and_the_view_is_not_run(stamp: Callable[..., Any]) -> None:
    ran: list[int] = []
    answer = asked(NOBODY, stamp(lambda: str(ran.append(1))), "/work")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=%2Fwork")
    assert ran == []


def test_who_has_given_the_password_alone_opens_what_asks_for_no_more() -> None:
    assert asked(HALF, guard.password_given(page), "/deeds/7").text == "page 7"
    answer = asked(HALF, guard.any_signed_in(page), "/work")
    assert (answer.status_code, answer.location) == (302, "/factor?next=%2Fwork")


def test_without_the_permission_the_view_is_not_run() -> None:
    ran: list[int] = []
    stamped = guard.permission_required(Place.VAULT)(lambda: str(ran.append(1)))
    assert asked(PROVED, stamped, "/work").status_code == 403
    assert ran == []


@pytest.mark.proves("A-26")
def test_what_matters_is_opened_only_by_who_has_lately_proved_who_they_are() -> None:
    ran: list[int] = []

    def matters(number: int = 0) -> str:
        ran.append(number)
        return f"page {number}"

    stamped = guard.permission_required(Place.LIST)(guard.proof_required(matters))
    first = asked(NOT_LATELY, stamped, "/deeds/7")
    assert (first.status_code, first.location) == (302, "/prove?next=%2Fdeeds%2F7")
    assert ran == []
    assert asked(PROVED, stamped, "/deeds/7").text == "page 7"


@pytest.mark.parametrize(
    ("where", "sent", "leads_to"),
    [
        ("/work", {}, "/prove?next=%2Fwork"),
        ("/work?page=2", {}, "/prove?next=%2Fwork%3Fpage%3D2"),
        ("/work", {"method": "HEAD"}, "/prove?next=%2Fwork"),
        ("/work?page=2", {"method": "POST"}, "/prove?next=%2Fwork"),
        ("/do", {"method": "POST"}, "/prove?next=%2F"),
        ("/work", {"environ_overrides": {"SCRIPT_NAME": "/beacon"}}, "/beacon/prove?next=%2Fwork"),
    ],
)
def test_after_the_proof_they_come_back_to_a_page_that_can_be_opened(
    where: str, sent: dict[str, Any], leads_to: str
) -> None:
    assert asked(NOT_LATELY, guard.proof_required(page), where, **sent).location == leads_to


@pytest.mark.parametrize(
    ("where", "sent", "leads_to"),
    [
        ("/work", {"method": "HEAD"}, "/sign-in?next=%2Fwork"),
        ("/work?page=2", {"method": "POST"}, "/sign-in?next=%2Fwork"),
        ("/do", {"method": "POST"}, "/sign-in"),
        ("/work?a=//b.example.org", {}, "/sign-in?next=%2Fwork%3Fa%3D%2F%2Fb.example.org"),
        ("/work?q=%0d%0a|", {}, "/sign-in"),
        ("/do", {"method": "POST", "environ_overrides": {"SCRIPT_NAME": "/b"}}, "/b/sign-in"),
    ],
)
def test_after_signing_in_they_come_back_to_a_page_of_this_site_or_to_the_desk(
    where: str, sent: dict[str, Any], leads_to: str
) -> None:
    assert asked(NOBODY, guard.any_signed_in(page), where, **sent).location == leads_to


def test_the_longest_address_that_is_kept_has_five_hundred_marks() -> None:
    longest = "/" + "a" * 499
    assert guard.safe_next(longest) == longest
    assert guard.safe_next(longest + "a") == "/"
    assert guard.safe_next(None) == "/"


def test_each_stamp_can_be_seen_and_keeps_the_name_of_the_view() -> None:
    stamped = guard.permission_required(Place.LIST)(page)
    assert (stamped.permission, stamped.__name__) == (Place.LIST, "page")  # type: ignore[attr-defined]
    anyone = guard.any_signed_in(page)
    assert (anyone.permission, anyone.__name__) == (guard.ANY_SIGNED_IN, "page")  # type: ignore[attr-defined]
    proved = guard.proof_required(page)
    assert (proved.needs_proof, proved.__name__) == (True, "page")  # type: ignore[attr-defined]

    def open_page() -> str:
        return "open"

    assert guard.open_to_all(open_page) is open_page
    assert open_page.open_to_all is True  # type: ignore[attr-defined]


@pytest.mark.proves("Z-01")
def test_a_view_is_stamped_by_a_permission_or_by_being_open_and_by_nothing_else() -> None:
    def bare() -> str:
        return "bare"

    assert not guard.is_stamped(bare)
    assert not guard.is_stamped(guard.proof_required(bare))
    assert guard.is_stamped(guard.any_signed_in(bare))
    assert guard.is_stamped(guard.permission_required(Place.LIST)(bare))
    assert guard.is_stamped(guard.open_to_all(bare))


@pytest.mark.proves("Z-01")
def test_every_view_without_a_stamp_is_named_when_the_start_is_stopped() -> None:
    app = Flask("bare", static_folder="static")
    app.add_url_rule("/b", "second", lambda: "x")
    app.add_url_rule("/a", "first", lambda: "x")
    app.add_url_rule("/c", "third", guard.any_signed_in(page))
    with pytest.raises(guard.Unguarded, match=r"^no permission is set for: first, second$"):
        guard.check_every_view(app)


@pytest.mark.proves("Z-01")
def test_a_view_that_only_ends_like_a_file_is_not_taken_for_one() -> None:
    app = Flask("bare", static_folder="static")
    app.add_url_rule("/a", "not_static", lambda: "x")
    with pytest.raises(guard.Unguarded, match="not_static"):
        guard.check_every_view(app)


@pytest.mark.proves("Z-01")
def test_the_files_of_a_part_of_the_app_need_no_stamp() -> None:
    app = Flask("bare", static_folder=None)
    app.register_blueprint(Blueprint("part", "bare", static_folder="static"))
    assert "part.static" in app.view_functions
    guard.check_every_view(app)


def test_a_page_before_the_second_factor_is_marked_as_one_and_no_other_is() -> None:
    marked = guard.password_given(page)
    assert (marked.password_is_enough, marked.permission) == (True, guard.ANY_SIGNED_IN)  # type: ignore[attr-defined]
    assert not hasattr(guard.any_signed_in(page), "password_is_enough")
