"""The day's letters as one print run: each looked at again, each time of printing traced."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.scope import Viewer
from beacon.notices import queries
from beacon.notices.commands.writing import choose_way, held
from beacon.notices.models import Printing, PrintRun, VictimNotice
from beacon.notices.terms import NoticePermission, NoticeState, Way
from beacon.people import queries as people
from beacon.people.rules import SHORTEST_REASON, is_reason

S = NoticeState
LETTERS_AT_MOST = 200
PARTED = queries.PARTED


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One letter as it lies on the paper."""

    name: str
    address: tuple[str, ...]
    reference: str
    paragraphs: tuple[str, ...]


def make_run(*, actor: Actor) -> PrintRun:
    """Put every letter that waits, and that this person may see, in one run.

    Each is asked about once more; what is no longer safe is held instead (domain.md RULE 7.1).
    """
    with transaction() as session:
        now = still_may(actor, NoticePermission.PRINT)
        run = PrintRun(made_at=clock.now(), by_id=actor.id, by_name=actor.name)
        session.add(run)
        session.flush()
        letters = [one for one in _waiting(session, now) if _is_still_safe(one, actor)]
        if not letters:
            raise RuleBroken("No letter waits to be printed.")
        for notice in letters:
            notice.state, notice.run_id = S.IN_RUN, run.id
            notice.letter = PARTED.join(queries.words_of(notice))
            notice.version += 1
            audit.record("notice.in_run", notice, actor, victim_id=notice.victim_id)
        audit.record("print_run.made", run, actor, letters=len(letters))
    return run


def print_run(run: PrintRun, *, reason: str, actor: Actor) -> list[Printed]:
    """Give out the letters of a run with their addresses; a second time only with a reason.

    A letter that may no longer go there is left out, and held where it has not been posted.
    """
    with transaction() as session:
        now = still_may(actor, NoticePermission.PRINT)
        row = session.get_one(PrintRun, run.id, with_for_update=True, populate_existing=True)
        before = session.scalar(
            sa.select(sa.func.count(Printing.id)).where(Printing.run_id == row.id)
        )
        if before and not is_reason(reason):
            raise RuleBroken(
                "These letters were printed already. Say why they are printed again, in "
                f"{SHORTEST_REASON} characters or more.",
                field="reason",
            )
        found = [held(session, one.id) for one in queries.letters_of(now, row)]
        letters = [one for one in found if _may_go_there(one, actor)]
        number = (before or 0) + 1
        made = Printing(
            run_id=row.id,
            number=number,
            letters=len(letters),
            by_id=actor.id,
            by_name=actor.name,
        )
        made.reason = reason.strip()[:500]
        session.add(made)
        session.flush()
        audit.record("print_run.printed", row, actor, number=number, letters=len(letters))
        return [_on_paper(notice, actor) for notice in letters]


def mark_posted(run: PrintRun, *, actor: Actor) -> None:
    """The letters are in the post; a second time changes nothing."""
    with transaction() as session:
        still_may(actor, NoticePermission.PRINT)
        row = session.get_one(PrintRun, run.id, with_for_update=True, populate_existing=True)
        if row.posted_at is not None:
            return
        if session.scalar(sa.select(Printing.id).where(Printing.run_id == row.id)) is None:
            raise RuleBroken("Print the letters first.")
        row.posted_at, row.posted_by = clock.now(), actor.name
        of_run = sa.select(VictimNotice.id).where(
            VictimNotice.run_id == row.id, VictimNotice.state == S.IN_RUN
        )
        for notice_id in session.scalars(of_run.order_by(VictimNotice.id)).all():
            notice = held(session, notice_id)
            notice.state, notice.settled_at, notice.settled_by = S.SENT, clock.now(), actor.name
            notice.version += 1
            audit.record("notice.sent", notice, actor, victim_id=notice.victim_id)
        audit.record("print_run.posted", row, actor)


def _waiting(session: Session, viewer: Viewer) -> list[VictimNotice]:
    query = (
        scope.visible(viewer, VictimNotice)
        .where(VictimNotice.state == S.FOR_PRINT)
        .order_by(VictimNotice.id)
        .limit(LETTERS_AT_MOST)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _is_still_safe(notice: VictimNotice, actor: Actor) -> bool:
    choose_way(notice, actor)
    return notice.state is S.FOR_PRINT


def _may_go_there(notice: VictimNotice, actor: Actor) -> bool:
    """Whether it may still go where it was to go."""
    address = queries.address_for(notice)
    is_there = address is not None and address.id == notice.address_id
    if is_there and queries.way_now(notice) is Way.LETTER:
        return True
    if notice.state is S.IN_RUN:
        notice.run_id = None
        choose_way(notice, actor)
    return False


def _on_paper(notice: VictimNotice, actor: Actor) -> Printed:
    address = people.get_address(notice.victim, notice.address_id or 0)
    audit.record(
        "address.shown",
        address,
        actor,
        operation=Operation.CONSULTATION,
        fields=("lines", "postcode"),
        victim_id=notice.victim_id,
        notice_id=notice.id,
    )
    return Printed(
        name=notice.victim.full_name,
        address=tuple(people.address_in_full(address).splitlines()),
        reference=notice.reference,
        paragraphs=tuple(notice.letter.split(PARTED)),
    )
