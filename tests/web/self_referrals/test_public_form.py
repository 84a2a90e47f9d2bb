"""The public form as anybody uses it: with scripts off, by form alone."""

from __future__ import annotations

from tests.pages import form_of, text_of


def test_walk(client):
    page = client.get("/refer")
    assert page.status_code == 200, page.data
    print(text_of(page))
    answer = client.post("/refer", data=form_of(page))
    print(answer.status_code, answer.headers["Location"])
    answers = {
        "for": {"filled_by": "self"},
        "now": {"danger": "no"},
        "name": {"first_name": "Robin", "last_name": "Marsh"},
        "born": {"born_on": ["1", "2", "1990"]},
        "kind": {"kinds": ["hate", "hurt"]},
        "why": {"strands": ["race"]},
        "words": {"words": "He shouted"},
        "when": {},
        "where": {"district": "Dacorum"},
        "who-knows": {"told": "no"},
        "reach": {
            "ways": ["text", "email"],
            "mobile": "07700 900123",
            "email": "robin@example.org",
        },
        "best": {"best": "text"},
        "times": {"times": "mornings"},
        "help": {"needs": ["talk"]},
        "support": {"support": ["nothing"]},
        "agree": {"keep": "y", "sharing": "ask"},
    }
    for step, boxes in answers.items():
        page = client.get(f"/refer/{step}")
        assert page.status_code == 200, (step, page.headers.get("Location"))
        page = client.post(f"/refer/{step}", data=form_of(page) | boxes)
        assert page.status_code == 302, (step, text_of(page))
        print(step, page.headers["Location"])
    page = client.get("/refer/check")
    print(text_of(page))
    done = client.post("/refer/check", data=form_of(page))
    print(done.status_code, text_of(done)[:600])
    done = client.post("/refer/check", data=form_of(done))
    print(done.status_code, done.headers.get("Location"))
    print(text_of(client.get("/refer/sent")))
