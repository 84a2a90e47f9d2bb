"""A batch of a program, taken in by the same path as a file: its rows are written as one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from beacon.accounts import commands as accounts
from beacon.accounts.models import ApiClient
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.db import transaction
from beacon.feeds import commands as feeds
from beacon.feeds.commands import Report
from beacon.feeds.models import Delivery
from beacon.feeds.rejected import ADDED
from beacon.feeds.specs import plain
from beacon.feeds.terms import FileRefused, Way
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import OUTCOMES, import_file

Row = Mapping[str, str | None]
BLANK = "the referral is blank"


class Untakeable(FileRefused):
    """The batch is turned away whole, as a file would be."""

    status = 422


def deliver(client: ApiClient, key: str, feed: str, rows: Sequence[Row]) -> dict[str, object]:
    """Take a batch in; sent again with its key, it is answered as before.

    Raises InTheWay where the key is in use, and Untakeable where the whole is refused.
    """
    content = as_file(feed, rows)
    delivery = feeds.begin_delivery(client.id, key, content)
    if delivery.answered_at is not None:
        answer: dict[str, object] = json.loads(delivery.answer)
        return answer
    report = _taken(client, delivery, feed, content)
    answer = _answer(report, len(rows))
    with transaction():
        feeds.answer_delivery(delivery, json.dumps(answer))
        audit.record(
            "api.delivered",
            ("api_client", client.id),
            accounts.actor_of(client),
            operation=Operation.COLLECTION,
            batch=report.batch_id,
            read=report.read,
            rejected=report.rejected,
        )
    return answer


def _taken(client: ApiClient, delivery: Delivery, feed: str, content: bytes) -> Report:
    actor, digest = accounts.actor_of(client), feeds.digest_of(content)
    name = f"{client.name} {delivery.id}"
    batch_id = feeds.expect(feed, name, digest, way=Way.API, actor=actor)
    feeds.note_batch(delivery, batch_id)
    try:
        return import_file(feed, content, file_name=name, actor=actor, ordered=batch_id)
    except FileRefused as refusal:
        feeds.refuse_batch(batch_id, refusal.message)
        feeds.drop_delivery(delivery)
        raise Untakeable(refusal.message) from refusal


def as_file(feed: str, rows: Sequence[Row]) -> bytes:
    """The rows as the CSV file that they would be: the known columns first, the others as named."""
    known = [column.name for column in FEEDS[feed].columns]
    named = [_named(row) for row in rows]
    others = dict.fromkeys(name for row in named for name in row if name not in known)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    headers = [*known, *others]
    writer.writerow(headers)
    for row in named:
        writer.writerow([row.get(name, "") for name in headers])
    return text.getvalue().encode()


def _named(row: Row) -> dict[str, str]:
    """A row by the names under which columns are compared; one that comes twice is told apart."""
    found: dict[str, str] = {}
    for name, cell in row.items():
        own = plain(name) or "(no name)"
        own = f"{own} (own)" if own in ADDED else own
        place, number = own, 1
        while place in found:
            number += 1
            place = f"{own} ({number})"
        found[place] = cell or ""
    return found


def _answer(report: Report, rows: int) -> dict[str, object]:
    """What became of the batch, by the number of each referral in it: no cell is repeated."""
    reasons = {raw.row_no: reason for raw, reason in report.rejects}
    warnings: dict[int, list[str]] = {}
    for row_no, words in report.warnings:
        warnings.setdefault(row_no, []).append(words)
    told = []
    for number in range(1, rows + 1):
        place = number + 1  # below the headers
        outcome = report.outcomes.get(place, "rejected")
        one: dict[str, object] = {"number": number, "outcome": outcome}
        if outcome == "rejected":
            one["reason"] = reasons.get(place, BLANK)
        if place in warnings:
            one["warnings"] = warnings[place]
        told.append(one)
    figures = report.figures(*OUTCOMES)
    blank = rows - report.read
    figures |= {"read": rows, "rejected": report.rejected + blank}
    return {"feed": report.feed, "batch": report.batch_id, **figures, "referrals": told}
