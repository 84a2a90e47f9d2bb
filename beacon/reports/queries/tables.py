"""What the tables of the Codes say of the rule of a duty: its words, who must act, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from beacon.entitlements.codes import CODES, LOCAL_STANDARDS, OTHER_CLOCKS, STANDARD, Rule

NO_LIMIT_NAMED = "Not in the tables"


def title_of(code: str, rule: str) -> str:
    """What a duty promised, in the words of its Code."""
    known = rule_of(code, rule)
    return known.title if known else rule


def body_of(code: str, rule: str) -> str:
    """Who must act."""
    known = rule_of(code, rule)
    return " or ".join(one.label for one in known.who) if known else NO_LIMIT_NAMED


def is_unverified(code: str, rule: str, on: date) -> bool:
    """Whether the rule was from memory on that day, and nobody had checked it (domain.md 1.2)."""
    known = rule_of(code, rule)
    return code != STANDARD and (known is None or known.was_unverified(on))


def rule_of(code: str, rule: str) -> Rule | None:
    """The row of the table; None where there is none."""
    return tables().get(code, {}).get(rule)


@cache
def tables() -> Mapping[str, Mapping[str, Rule]]:
    """Every table by the name under which duties keep it."""
    known = {one.name: one.rules for one in (*CODES.values(), *OTHER_CLOCKS)}
    return known | {STANDARD: LOCAL_STANDARDS}
