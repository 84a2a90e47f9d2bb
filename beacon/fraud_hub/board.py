"""What leaves the hub of its board: small numbers hidden, and the tables of its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beacon.core.money import Money
from beacon.fraud_hub.queries import Board, OpenLine, Outreach, Repeats, Stops
from beacon.fraud_hub.rules import (
    LEAST,
    ClaimAge,
    FirstContacts,
    LossLine,
    firms_hidden,
    hidden_last,
    losses_hidden,
    small,
    told_apart,
)
from beacon.fraud_hub.terms import Scam

HIDDEN = "hidden"
Rows = list[tuple[str, ...]]
DEFINITION = (
    "Recovered through Beacon: money that victims of fraud received back, in payments or credit, "
    "where Beacon dealt with the firm for them or they did it with our advice. It counts on the "
    "day it was received. Money that came without our help, losses prevented, estimates and "
    "interest or compensation for distress are not in it. An entry that was wrong is taken back "
    "by a new one on the day that was found."
)


def hidden(board: Board) -> Board:
    """The board for those who may read totals alone: no count above nought and under five."""
    losses, outreach = board.losses, vars(board.outreach)
    return replace(
        board,
        firms=firms_hidden(board.firms),
        open_claims=_open_hidden(board.open_claims),
        losses=replace(
            losses,
            by_type=hidden_last(losses_hidden(losses.by_type)),
            by_month=losses_hidden(losses.by_month),
            by_district=hidden_last(losses_hidden(losses.by_district)),
        ),
        contacts=_contacts_hidden(board.contacts),
        repeats=_repeats_hidden(board.repeats),
        stops=_stops_hidden(board),
        outreach=Outreach(**{name: small(number or 0) for name, number in outreach.items()}),
        shows_ever=False,
        hidden_sums=frozenset(
            name for name, cases in board.cases_behind.items() if small(cases) is None
        ),
    )


def _open_hidden(lines: Sequence[OpenLine]) -> list[OpenLine]:
    kept, few, behind = told_apart(lines, [one.cases for one in lines])
    out = [_ages_hidden(one) for one in kept]
    if len(behind) >= LEAST:
        out.append(
            OpenLine(
                firm="Firms with few open claims",
                ages=(None,) * len(ClaimAge),
                claims=sum(one.claims or 0 for one in few),
                amount_pence=None,
                cases=behind,
            )
        )
    return out


def _ages_hidden(line: OpenLine) -> OpenLine:
    hides = any(small(part) is None for part in line.parts)
    return replace(line, ages=(None,) * len(line.ages)) if hides else line


def _contacts_hidden(contacts: FirstContacts) -> FirstContacts:
    parts = (contacts.in_time, contacts.late, contacts.waiting)
    if all(small(one or 0) is not None for one in parts):
        return contacts
    none = dict.fromkeys(("reached", "median_days", "in_time", "late", "waiting"))
    return replace(contacts, cases=small(contacts.cases or 0), **none)


def _repeats_hidden(repeats: Repeats) -> Repeats:
    asked, cases = repeats.asked or 0, repeats.cases or 0
    again, earlier = repeats.again or 0, repeats.earlier or 0
    return Repeats(
        asked=small(asked),
        again=_part(again, asked),
        cases=small(cases),
        earlier=_part(earlier, cases),
    )


def _part(part: int, whole: int) -> int | None:
    """A part of a whole; None where it, or what is left of the whole, is small."""
    return None if small(part) is None or small(whole - part) is None else part


def _stops_hidden(board: Board) -> Stops:
    stops = board.stops
    if small(stops.calls or 0) is None:
        return replace(
            stops,
            calls=None,
            at_risk_pence=None,
            stopped_pence=None,
            safeguarding=None,
            repeats=None,
            by_scam=(),
        )
    lines = losses_hidden(
        [
            LossLine(word=scam.value, name=scam.label, cases=calls, lost_pence=pence)
            for scam, calls, pence in stops.by_scam
        ]
    )
    by_scam = tuple((Scam(one.word), one.cases, one.lost_pence) for one in hidden_last(lines))
    calls = stops.calls or 0
    return replace(
        stops,
        safeguarding=_part(stops.safeguarding or 0, calls),
        repeats=_part(stops.repeats or 0, calls),
        by_scam=by_scam,
    )


def sheets(board: Board, *, firms: bool = True) -> dict[str, Rows]:
    """The board's tables by name, each with its heads; pounds are written with their pence."""
    totals, ever = board.totals, board.ever
    period = f"{board.first.isoformat()} to {board.last.isoformat()}"
    money: Rows = [
        ("Figure", "Pounds, " + period, "Pounds, all time"),
        *(
            (
                name,
                HIDDEN if word in board.hidden_sums else _pounds(getattr(totals, word)),
                _pounds(getattr(ever, word)) if board.shows_ever else HIDDEN,
            )
            for name, word in (
                ("Recovered through Beacon", "recovered_through_beacon_pence"),
                ("Recovered in all", "recovered_pence"),
                ("Prevented", "prevented_pence"),
                ("Claimed from firms", "claimed_pence"),
                ("Lost", "lost_pence"),
            )
        ),
        (DEFINITION, "", ""),
    ]
    out = {"Money": money, **_losses(board), "Work": _work(board)}
    if firms:
        out |= {"Open claims": _open(board), "Banks compared": _firms(board)}
    return out


def _losses(board: Board) -> dict[str, Rows]:
    cuts = {
        "Losses by type": board.losses.by_type,
        "Losses by month": board.losses.by_month,
        "Losses by district": board.losses.by_district,
    }
    heads = ("Name", "Cases", "Pounds lost")
    return {
        name: [heads, *((one.name, _count(one.cases), _pounds(one.lost_pence)) for one in lines)]
        for name, lines in cuts.items()
    }


def _open(board: Board) -> Rows:
    heads = ("Firm", *(age.label for age in ClaimAge), "Claims", "Pounds")
    return [
        heads,
        *(
            (one.firm, *map(_count, one.ages), _count(one.claims), _pounds(one.amount_pence))
            for one in board.open_claims
        ),
    ]


def _firms(board: Board) -> Rows:
    heads = ("Firm", "Asked", "Agreed", "Refused", "Waiting", "Of a hundred answers, agreed")
    return [
        (*heads, "Days to answer, median", "Pounds asked"),
        *(
            (
                one.firm,
                *map(_count, (one.asked, one.agreed, one.refused, one.waiting)),
                "too few" if one.share is None else str(one.share),
                "" if one.median_days is None else f"{one.median_days:g}",
                _pounds(one.amount_pence),
            )
            for one in board.firms
        ),
    ]


def _work(board: Board) -> Rows:
    contacts, repeats, stops, outreach = (
        board.contacts,
        board.repeats,
        board.stops,
        board.outreach,
    )
    middle = "" if contacts.median_days is None else f"{contacts.median_days:g}"
    counts: Sequence[tuple[str, int | None]] = (
        ("Fraud cases opened", repeats.cases),
        ("First contact in time", contacts.in_time),
        ("First contact late", contacts.late),
        ("First contact still to be made in time", contacts.waiting),
        ("Victims with another fraud in the twelve months before", repeats.earlier),
        ("Asked again after 3 or 12 months", repeats.asked),
        ("Of those, lost money again", repeats.again),
        ("Banking Protocol calls", stops.calls),
        ("Of those, with a safeguarding referral", stops.safeguarding),
        ("Outreach events", outreach.events),
        ("People who came", outreach.attendance),
        ("Cases that came of events", outreach.cases),
    )
    return [
        ("Figure", "Number"),
        ("Working days to first contact, median", middle),
        *((name, _count(number)) for name, number in counts),
        ("Pounds that Banking Protocol calls stopped", _pounds(stops.stopped_pence)),
    ]


def _count(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _pounds(pence: int | None) -> str:
    return HIDDEN if pence is None else str(Money(pence)).replace("£", "").replace(",", "")


def file_name(first: date, last: date) -> str:
    """How a file of a period's board is called."""
    return f"fraud-hub-{first.isoformat()}-{last.isoformat()}"
