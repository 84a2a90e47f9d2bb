"""Taking live cases on from another system: the path of the feeds, and the case as it stood.

The rows are kept under the keys of the police's and the fraud list's feeds too, so that the next
daily file knows its own people again and changes nothing that was taken on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.feeds.columns import ParsedRow
from beacon.feeds.commands import Progress, Report, Result, run
from beacon.feeds.models import ImportBatch
from beacon.feeds.rows import Book, Known
from beacon.feeds.terms import RowRejected
from beacon.people import queries as people
from beacon.referrals import columns, commands
from beacon.referrals.imports.caseload_rows import CaseloadRow, read
from beacon.referrals.imports.taking import Taking, crime_key
from beacon.referrals.intake import Intake, Judgement
from beacon.referrals.models import Referral

OUTCOMES = ("created", "updated", "unchanged")
ANOTHER_TEAMS = "manager is of another team: the leader of that team takes on its cases"
NOT_YOURS = "the person is here already, and the case is not one that you may open"
LEFT_AS_IT_CAME = "the case is not one that you may open: somebody else must look at it"
TWICE = "the person is already a victim of this crime under another reference"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of one row: for the reconciliation, without a name."""

    row_no: int
    crime_reference: str
    victim_reference: str
    outcome: str
    manager: str
    case: str = ""
    category: str = ""
    status: str = ""
    duties: int = 0
    note: str = ""


@dataclass(kw_only=True)
class Caseload:
    """A caseload that was taken on: the figures, and a line for each row."""

    report: Report
    lines: list[Line] = field(default_factory=list)


def take_on_caseload(
    source: Path | bytes,
    *,
    file_name: str,
    actor: Actor,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress | None = None,
    rows_at_most: int | None = None,
) -> Caseload:
    """Take on one file of live cases: whole rows or none, the same however often it comes.

    A page that waits for it says how many rows it can wait for.
    """
    taking = _TakingOn(actor, dry_run=dry_run)
    report = run(
        columns.CASELOAD,
        source,
        file_name=file_name,
        take=taking.take,
        rehearse=taking.rehearse,
        ahead=taking.ahead,
        actor=actor,
        dry_run=dry_run,
        rejects_to=rejects_to,
        progress=progress,
        rows_at_most=rows_at_most,
    )
    lines = {line.row_no: line for line in taking.lines}
    for raw, reason in report.rejects:
        lines[raw.row_no] = Line(
            row_no=raw.row_no,
            crime_reference=_cell(raw.cells.get("crime_reference")),
            victim_reference=_cell(raw.cells.get("victim_reference")),
            manager=_cell(raw.cells.get("manager")),
            outcome="rejected",
            note=reason,
        )
    return Caseload(report=report, lines=[lines[number] for number in sorted(lines)])


class _TakingOn(Taking):
    """The rows of a caseload while its file is taken on."""

    def __init__(self, actor: Actor, *, dry_run: bool) -> None:
        super().__init__(columns.CASELOAD.name, actor, dry_run=dry_run)
        self.feeds = {name: Book(name) for name in ("police", "fraud")}
        self.lines: list[Line] = []
        self.staff: dict[str, Staff | None] = {}

    def ahead(self, rows: Sequence[ParsedRow]) -> None:
        """Look up the keys of the next rows among the daily feeds' as well."""
        super().ahead(rows)
        self.staff.clear()  # loaded in the transaction of these rows
        self.feeds["police"].look_up(key for row in rows for key in self.keys(row.facts))
        self.feeds["fraud"].look_up(str(row.facts["crime_reference"]) for row in rows)

    def take(self, row: ParsedRow, batch: ImportBatch) -> Result:
        """Take on one row, within the transaction that is open."""
        keys = self.keys(row.facts)
        known = self._find(row, keys)
        if known is not None and self.book.says_the_same(known, row):
            return self._told(row, "unchanged", self._shown(known.subject_id))
        said = self._read(row)
        if known is not None:
            case, notes = self._again(known.subject_id, said)
            self.book.replace(known, row, keys, batch)
            return self._told(row, "updated", case, notes)
        fed = self._of_feed(row, said.intake)
        if fed is not None:
            case, notes = self._again(fed.subject_id, said)
            self.book.keep(row, keys, fed.subject_id, batch)
            return self._told(row, "updated", case, notes)
        referral = commands.receive_referral(
            said.intake,
            self._judgement(said.intake),
            batch_id=batch.id,
            received_at=said.received_at,
            actor=self.actor,
        )
        self.register.put(referral.victim_id, said.intake.fingerprint)
        self.book.keep(row, keys, referral.id, batch)
        book, own = self._feed_of(row, said.intake)
        book.keep(row, own, referral.id, batch)
        case, notes = self._stand(referral, said)
        return self._told(row, "created", case, notes)

    def rehearse(self, row: ParsedRow) -> Result:
        """Say what would become of one row, and change nothing."""
        keys = self.keys(row.facts)
        known = self._find(row, keys)
        if known is not None and self.book.says_the_same(known, row):
            return self._told(row, "unchanged", self._shown(known.subject_id))
        said = self._read(row)
        known = known or self._of_feed(row, said.intake)
        if known is not None:
            held = _case_of(known.subject_id)
            if held is not None and not self._may_see(held.id):
                raise RowRejected(NOT_YOURS)
            self.book.rehearse(row, keys, known.subject_id)
            return self._told(row, "updated", held)
        judgement = self._judgement(said.intake)
        number = self.rehearsal.add(crime_key(said.intake), said.intake, judgement.waits)
        self.register.put(number, said.intake.fingerprint)
        self.book.rehearse(row, keys, number)
        proposed = {ground for ground, _ in said.intake.proposals}
        note = cases.category_note(said.standing, proposed)
        return self._told(row, "created", None, [note] if note else [])

    def _read(self, row: ParsedRow) -> CaseloadRow:
        said = read(row, self._manager)
        manager = said.standing.manager
        if manager is not None and not self._leads(manager.team_id):
            raise RowRejected(ANOTHER_TEAMS)
        return said

    def _leads(self, team_id: int | None) -> bool:
        """A leader takes on their own team's cases; a command, everybody's (security.md M-16)."""
        return self.actor.is_machine or team_id == self.actor.team_id

    def _may_see(self, case_id: int) -> bool:
        seen = scope.visible(self.actor, CaseFile).where(CaseFile.id == case_id)
        return db.session.scalar(seen.with_only_columns(CaseFile.id)) is not None

    def _judgement(self, intake: Intake) -> Judgement:
        """A live case waits for nothing; but nobody has two cases of one crime."""
        judgement = self._judge(intake)
        certain = [one.victim_id for one in judgement.certain]
        if certain and self._is_victim_of(crime_key(intake), certain):
            raise RowRejected(TWICE)
        return replace(judgement, waits=None)

    def _feed_of(self, row: ParsedRow, intake: Intake) -> tuple[Book, tuple[str, ...]]:
        if intake.feed == "fraud":
            return self.feeds["fraud"], (intake.source_reference,)
        return self.feeds["police"], self.keys(row.facts)

    def _of_feed(self, row: ParsedRow, intake: Intake) -> Known | None:
        """The referral that a daily file has already made of this person and crime."""
        book, keys = self._feed_of(row, intake)
        for key in keys:
            known = book.find(key)
            if known is not None and self._is_of(known, row, surest=key == keys[0]):
                return known
        return None

    def _again(self, subject_id: int, said: CaseloadRow) -> tuple[CaseFile | None, list[str]]:
        """A row whose referral is here: what it says of the person, and what is not known yet."""
        referral = db.session.get_one(Referral, subject_id)
        if referral.case_id is not None and not self._may_see(referral.case_id):
            raise RowRejected(NOT_YOURS)
        commands.update_referral(referral, said.intake, actor=self.actor)
        if referral.case_id is None:
            commands.open_waiting(referral, enhanced=said.intake.enhanced, actor=self.actor)
        self.register.put(referral.victim_id, people.print_of(referral.victim))
        return self._stand(referral, said)

    def _stand(self, referral: Referral, said: CaseloadRow) -> tuple[CaseFile | None, list[str]]:
        db.session.flush()
        case = db.session.get_one(CaseFile, referral.case_id)
        if not self._may_see(case.id):
            return None, [LEFT_AS_IT_CAME]
        notes = cases.take_on(case, said.standing, actor=self.actor)
        if case.category_decided_at is not None:
            commands.leave_queue(referral, actor=self.actor)
        return case, notes

    def _shown(self, subject_id: int) -> CaseFile | None:
        """The case of a row, for the line about it: only to whoever may open it."""
        case = _case_of(subject_id)
        return case if case is not None and self._may_see(case.id) else None

    def _manager(self, email: str) -> Staff | None:
        if email not in self.staff:
            self.staff[email] = accounts.by_email(email)
        return self.staff[email]

    def _told(
        self, row: ParsedRow, outcome: str, case: CaseFile | None, notes: Sequence[str] = ()
    ) -> Result:
        facts = row.facts
        owed = str(facts.get("open_duties") or "")
        self.lines.append(
            Line(
                row_no=row.row_no,
                crime_reference=str(facts["crime_reference"]),
                victim_reference=str(facts.get("victim_reference") or ""),
                manager=str(facts.get("manager") or ""),
                outcome=outcome,
                case=case.reference if case else "",
                category=case.category.value if case else str(facts.get("category") or ""),
                status=case.status.value if case else str(facts.get("status") or ""),
                duties=len([one for one in owed.replace("\n", ";").split(";") if one.strip()]),
                note="; ".join([*row.warnings, *notes]),
            )
        )
        return Result(outcome=outcome)


def _case_of(subject_id: int) -> CaseFile | None:
    """The case of a referral that is held; none for one that a dry run only remembers."""
    if subject_id < 0:
        return None
    referral = db.session.get_one(Referral, subject_id)
    return db.session.get(CaseFile, referral.case_id) if referral.case_id else None


def _cell(value: object) -> str:
    return "" if value is None else str(value)
