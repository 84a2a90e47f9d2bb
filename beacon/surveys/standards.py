"""When and how people are asked: settings that an administrator edits, with safe defaults."""

from __future__ import annotations

from beacon.core.settings import KNOWN, Known

ON, CLOSING, AT_CONTACT, CONTACT, AT_TRIAL, TRIAL = (
    "surveys.on",
    "surveys.closing_days",
    "surveys.after_contact",
    "surveys.contact_days",
    "surveys.after_trial",
    "surveys.trial_days",
)
LINK, ADDRESS, NUMBER, GUESSES, DRAFT, WORDS = (
    "surveys.link_days",
    "surveys.address",
    "surveys.by_number",
    "surveys.guesses_in_an_hour",
    "surveys.draft_hours",
    "surveys.words",
)
KNOWN.update(
    {
        ON: Known(
            "yes",
            "yes_no",
            "People are invited to say how we did",
            "Only who agreed to it, and only by a way that they said is safe",
        ),
        CLOSING: Known(
            "7", "count", "Days after closing at which somebody is asked how we did", most=90
        ),
        AT_CONTACT: Known(
            "no", "yes_no", "Somebody is asked some time after the first contact as well"
        ),
        CONTACT: Known(
            "90", "count", "Days after the first contact at which somebody is asked", most=366
        ),
        AT_TRIAL: Known("no", "yes_no", "Somebody is asked after a trial as well"),
        TRIAL: Known("14", "count", "Days after a trial at which somebody is asked", most=366),
        LINK: Known("21", "count", "Days for which the link to the questions works", most=60),
        ADDRESS: Known(
            "",
            "short",
            "Address of the questions in a text",
            "Without https, such as example.org/q. It must not say what we do. While it is empty "
            "no text with a link goes",
        ),
        NUMBER: Known(
            "no",
            "yes_no",
            "Ask by a text that is answered with a number from 1 to 5",
            "Instead of a link, and only where people can reply to our texts",
        ),
        GUESSES: Known(
            "30",
            "count",
            "Links that open nothing, from one place in an hour, at most",
            most=1000,
        ),
        DRAFT: Known("24", "count", "Hours for which answers that were not sent are kept", most=72),
        WORDS: Known(
            "",
            "short",
            "Further words that are raised at once when somebody writes them",
            "With commas between them. Those that we always look for are in the handbook",
        ),
    }
)
