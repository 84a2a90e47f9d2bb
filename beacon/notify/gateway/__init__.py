"""The door to the outside: the one place that knows the text provider.

What the provider answers, or fails to answer, is turned into one of four outcomes: accepted,
certainly not sent, certainly refused, or unknown (security.md R6).
"""

from beacon.notify.gateway.answers import Answer, CannotAsk, Found, Gateway, Letter
from beacon.notify.gateway.locks import is_signed, may_text
from beacon.notify.gateway.outcomes import of_broken_call, of_refusal, of_success
from beacon.notify.gateway.paper import PaperGateway
from beacon.notify.gateway.provider import TwilioGateway

__all__ = [
    "Answer",
    "CannotAsk",
    "Found",
    "Gateway",
    "Letter",
    "PaperGateway",
    "TwilioGateway",
    "is_signed",
    "may_text",
    "of_broken_call",
    "of_refusal",
    "of_success",
]
