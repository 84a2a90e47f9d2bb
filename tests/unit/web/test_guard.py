"""Who may open a page, and where signing in leads."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from beacon.web import guard, navigation
from config import Config
from tests.unit.web.conftest import Place, made

ELSEWHERE = [
    "",
    "//evil.example.org",
    "///evil.example.org",
    "/\\evil.example.org",
    "\\\\evil.example.org",
    "https:evil.example.org",
    "https://evil.example.org",
    "HTTPS://evil.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example.org",
    "/\n/evil.example.org",
    "\t//evil.example.org",
    " //evil.example.org",
    "/ /evil.example.org",
    "/%2f%2fevil.example.org",
    "/%5cevil.example.org",
    "/@evil.example.org",
    "/.evil@evil.example.org",
    "//evil.example.org@localhost",
    "/cases//evil.example.org",
    "evil.example.org",
    "?next=//evil.example.org\r\nSet-Cookie: a=b",
    "/cases/\0",
    "/cases/#//evil.example.org",
    "/" + "a" * 600,
    "/" + "a/" * 240 + "!",
]


@pytest.mark.proves("I-17")
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_next_page_elsewhere_leads_to_the_desk(wanted: str) -> None:
    assert guard.safe_next(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/cases/", "/cases/BCN-7K2M4", "/cases/?q=a%20b&sort=due"])
def test_a_next_page_here_is_kept(wanted: str) -> None:
    assert guard.safe_next(wanted) == wanted


def test_nobody_is_sent_to_sign_in_and_back(signed_out: Flask) -> None:
    answer = signed_out.test_client().get("/list?sort=due")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=%2Flist%3Fsort%3Ddue")


def test_a_person_without_the_permission_is_refused(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/vault")
    assert answer.status_code == 403
    assert b"gold" not in answer.data


def test_a_person_with_the_permission_sees_the_page(signed_in: Flask) -> None:
    assert signed_in.test_client().get("/list").status_code == 200


def test_every_view_carries_its_stamp(signed_in: Flask) -> None:
    guard.check_every_view(signed_in)
    assert signed_in.view_functions["list"].permission is Place.LIST  # type: ignore[attr-defined]


def test_a_view_that_nobody_decided_on_stops_the_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "x")
    with pytest.raises(guard.Unguarded, match="bare"):
        guard.check_every_view(app)


def test_the_menu_holds_only_what_the_person_may_open(signed_in: Flask) -> None:
    page = signed_in.test_client().get("/list").get_data(as_text=True)
    assert "Vault" not in page
    assert 'href="/list" aria-current="true"' in page


@pytest.mark.parametrize(
    ("places", "together"),
    [(navigation.PLACES_AT_MOST, False), (navigation.PLACES_AT_MOST + 1, True)],
)
def test_a_long_menu_holds_the_figures_in_one_place(
    demo: Config, places: int, *, together: bool
) -> None:
    app = with_figures(demo, places)
    assert labels(app, "/list") == [
        *(["Figures"] if together else ["Counted", "Weighed"]),
        *("List" for _ in range(places - 2)),
    ]


@pytest.mark.parametrize(
    ("page", "marked"), [("/figures", True), ("/counted", True), ("/list", False)]
)
def test_the_place_of_the_figures_is_marked_on_each_of_them(
    demo: Config, page: str, *, marked: bool
) -> None:
    app = with_figures(demo, navigation.PLACES_AT_MOST + 1)
    shown = app.test_client().get(page).get_data(as_text=True)
    assert ('href="/figures" aria-current="true"' in shown) is marked


def test_a_page_of_a_feature_belongs_to_the_first_of_its_places(demo: Config) -> None:
    app = made(demo, signed_in=True)
    room = Blueprint("hub", __name__, url_prefix="/hub")
    for page in ("front", "counted", "case"):
        room.add_url_rule(f"/{page}", page, app.view_functions["list"])
    app.register_blueprint(room)
    hub = navigation.Item("Hub", "hub.front", order=50)
    navigation.register(app, [navigation.Item("Counted", "hub.counted", order=61), hub])
    marked = {}
    for page in ("front", "counted", "case"):
        with app.test_request_context(f"/hub/{page}"):
            marked[page] = [link.label for link in navigation.navigation() if link.is_current]
    assert marked == {"front": ["Hub"], "counted": ["Counted"], "case": ["Hub"]}


def with_figures(demo: Config, places: int) -> Flask:
    """An application whose menu has this many places, two of them figures; a third is not ours."""
    app = made(demo, signed_in=True)
    app.add_url_rule("/figures", navigation.FIGURES, app.view_functions["list"])
    app.add_url_rule("/counted", "counted", app.view_functions["list"])
    vault = navigation.Item("Vault figures", "vault", Place.VAULT, order=1, about="Gold.")
    figures = [
        navigation.Item(word, "counted", order=1, about="What was counted.")
        for word in ("Counted", "Weighed")
    ]
    work = [navigation.Item("List", "list", Place.LIST, order=3)] * (places - len(figures) - 1)
    navigation.register(app, [vault, *figures, *work])  # one place of work is there already
    return app


def labels(app: Flask, page: str) -> list[str]:
    """The menu of a page, from left to right."""
    with app.test_request_context(page):
        return [link.label for link in navigation.navigation()]


def test_nobody_has_a_menu(signed_out: Flask) -> None:
    page = signed_out.test_client().get("/nowhere").get_data(as_text=True)
    assert "govuk-service-navigation" not in page
    assert "OFFICIAL-SENSITIVE" not in page


def test_a_menu_that_leads_nowhere_stops_the_start() -> None:
    app = Flask("bare")
    navigation.register(app, [navigation.Item("Lost", "nowhere")])
    with pytest.raises(RuntimeError, match="nowhere"):
        navigation.check(app)
