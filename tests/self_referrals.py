"""The answers of somebody who comes by themselves, page by page, and one mistake on each."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.pages import form_of

Boxes = dict[str, Any]
GOOD: dict[str, Boxes] = {
    "for": {"filled_by": "self"},
    "helper": {
        "name": "Sam Friend",
        "relation": "A friend",
        "phone": "07700 900321",
        "email": "",
    },
    "agreed": {"agreed": "yes"},
    "now": {"danger": "no"},
    "name": {"first_name": "Robin", "last_name": "Marsh"},
    "born": {"born_on": ["1", "2", "1990"]},
    "kind": {"kinds": ["hurt"]},
    "why": {"strands": ["race"]},
    "words": {"words": "It was outside the station."},
    "when": {"on": ["20", "11", "2026"], "about": ""},
    "where": {"district": "Dacorum", "place": "The station"},
    "who-knows": {"told": "no"},
    "reach": {"ways": ["text"], "mobile": "07700 900123"},
    "best": {"best": "text"},
    "messages": {"voicemail": "no"},
    "times": {"times": "Weekday mornings", "safe_word": "Bluebell"},
    "help": {"needs": ["talk"], "more": "A woman, if I can choose"},
    "talk": {"support": ["nothing"]},
    "agree": {"keep": "y", "sharing": "ask"},
}
# One mistake on each page, and the sentence that says what to do about it.
WRONG: dict[str, tuple[Boxes, str]] = {
    "for": ({}, "Choose who this is for"),
    "helper": ({"name": ""}, "Enter your name"),
    "agreed": ({}, "Choose whether they know and agree"),
    "now": ({}, "Choose whether anyone is in danger now"),
    "name": ({"first_name": "", "last_name": ""}, "Enter a name, or tick that you would rather"),
    "born": ({"born_on": ["31", "2", "1990"]}, "Date of birth"),
    "kind": ({}, "Choose what happened, or that you would rather not say now"),
    "why": ({}, "Choose what you think it was about"),
    "words": ({"words": "x" * 10_001}, "10,000 characters or fewer"),
    "when": ({"on": ["1", "1", "2199"]}, "The day must be today or in the past"),
    "where": ({}, "Choose the area, or that you are not sure"),
    "who-knows": ({}, "Choose whether the police know"),
    "reach": ({"ways": ["text"], "mobile": ""}, "Enter the mobile number that is safe to text"),
    "best": ({}, "Choose which way is best"),
    "messages": ({}, "Choose whether we may leave a voicemail"),
    "times": ({"times": "x" * 501}, "500 characters or fewer"),
    "help": ({}, "Choose what would help"),
    "talk": ({"support": ["interpreter"], "language": ""}, "Enter the language"),
    "agree": ({"sharing": "ask"}, "Tick that you agree"),
}


def begin(client: FlaskClient) -> None:
    """Press the button of the first page."""
    answer = client.post("/refer", data=form_of(client.get("/refer")))
    assert answer.status_code == 302, answer.status_code


def answer(client: FlaskClient, step: str, boxes: Boxes) -> Any:
    """Answer one page; what its form held and is not answered anew stays."""
    held = form_of(client.get(f"/refer/{step}"))
    return client.post(f"/refer/{step}", data=held | boxes)


def fill_in(client: FlaskClient, **changed: Boxes) -> list[str]:
    """Answer every page that is asked; by `changed` some of them otherwise. Gives their names."""
    begin(client)
    asked: list[str] = []
    where = "/refer/for"
    while where not in {"/refer/check", "/refer/ask-first"}:
        step = where.rpartition("/")[2]
        if step == "danger":
            step = "name"
        asked.append(step)
        got = answer(client, step, changed.get(step.replace("-", "_"), GOOD[step]))
        assert got.status_code == 302, (step, got.get_data(as_text=True))
        where = got.headers["Location"]
    return asked


def send(client: FlaskClient) -> str:
    """Send what was filled in, with as many presses as it asks; gives the reference."""
    got = client.post("/refer/check", data=form_of(client.get("/refer/check")))
    if got.status_code == 200:
        client.post("/refer/check", data=form_of(got))
    with client.session_transaction() as cookie:
        return str(cookie["refer_sent"])
