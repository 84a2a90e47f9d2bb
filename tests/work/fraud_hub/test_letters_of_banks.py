"""A bank's letter beside the ledger: the same, otherwise, not logged, and not in the letter."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.feeds.terms import FileRefused
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import BankLetter, LedgerEntry, LetterLine
from beacon.fraud_hub.terms.bank_letters import LineState
from tests.factories import a_member_of_staff, an_actor
from tests.kin import restricted
from tests.work.fraud_hub.builders import (
    a_claim,
    a_fraud_case,
    a_loss,
    money_back,
    money_facts,
    reversed_entry,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEAD = "reference,date,amount,payee,our_reference\n"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


def read(*lines: str) -> commands.ReadLetter:
    return commands.read_letter((HEAD + "\n".join(lines) + "\n").encode())


def beside(viewer: Actor, *lines: str) -> queries.Differences:
    return queries.differences(viewer, commands.matched(viewer, read(*lines).lines))


def states(found: queries.Differences) -> dict[int, tuple[LineState, tuple[str, ...]]]:
    return {row.line.row_no: (row.state, row.differs) for row in found.rows}


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_each_line_stands_to_the_ledger_as_it_does(officer: Actor):
    case, other = a_fraud_case(), a_fraud_case()
    loss = a_loss(case, amount_pence=20_000_00)
    claim = a_claim(other, a_loss(other))
    ours = case.reference
    money_back(case, loss, evidence="SB-1", amount_pence=100_00)
    money_back(case, loss, evidence="SB-2", amount_pence=100_00)
    money_back(case, loss, evidence="SB-3", amount_pence=100_00)
    reversed_entry(money_back(case, loss, evidence="SB-4", amount_pence=100_00))
    left_out = money_back(case, loss, evidence="SB-9", amount_pence=1_00)
    facts = money_facts(loss, evidence="SB-7", amount_pence=6_000_00)
    commands.record_recovered(case, facts, token=commands.new_token(), actor=officer)
    found = beside(
        officer,
        f"sb 1,2026-11-20,100.00,Current,{ours}",
        f"SB-2,2026-11-20,100.01,Current,{ours}",
        f"SB-3,19/11/2026,100.00,Current,{other.reference}",
        f"SB-4,2026-11-20,100.00,Current,{ours.lower()}",
        f"SB-5,2026-11-20,100.00,Current,{claim.id}",
        "SB-6,2026-11-20,100.00,Current,NO-SUCH",
        f"SB-7,2026-11-20,6000.00,Current,{ours}",
    )
    assert states(found) == {
        2: (LineState.LOGGED, ()),
        3: (LineState.DIFFERENT, ("amount",)),
        4: (LineState.DIFFERENT, ("date", "case")),
        5: (LineState.NOT_LOGGED, ()),
        6: (LineState.NOT_LOGGED, ()),
        7: (LineState.NO_CASE, ()),
        8: (LineState.WAITING, ()),
    }
    assert [row.state for row in found.rows] == sorted(
        (row.state for row in found.rows), key=list(LineState).index
    )
    assert found.count(LineState.NOT_LOGGED) == 2
    by_row = {row.line.row_no: row.case_reference for row in found.rows}
    assert (by_row[5], by_row[6], by_row[7]) == (ours, other.reference, None)
    assert [row.entry.id for row in found.unlisted] == [left_out.id]
    assert found.unlisted[0].case_reference == ours


def test_an_entry_of_another_day_or_case_is_not_missed_by_the_letter(officer: Actor):
    case, other = a_fraud_case(), a_fraud_case()
    loss = a_loss(case)
    money_back(case, loss, evidence="SB-8", received_on=date(2026, 11, 19), amount_pence=1_00)
    money_back(other, a_loss(other), evidence="SB-9", amount_pence=1_00)
    found = beside(officer, f"SB-1,2026-11-20,5.00,x,{case.reference}")
    assert list(found.unlisted) == []


def test_bad_rows_are_sent_back_each_with_its_reason():
    letter = read(
        "SB-1,2026-11-20,100.00,x,y",
        ",2026-11-20,100.00,x,y",
        "SB-3,2026-11-24,100.00,x,y",
        "SB-4,yesterday,100.00,x,y",
        "SB-5,2026-11-20,-1.00,x,y",
        "SB-6,2026-11-20,0.00,x,y",
        "SB-7,2026-11-20,2k,x,y",
        "sb1,2026-11-20,7.00,x,y",
        "--,2026-11-20,7.00,x,y",
    )
    assert [line.row_no for line in letter.lines] == [2]
    assert {raw.row_no: reason for raw, reason in letter.rejects} == {
        3: "reference is missing",
        4: "date is in the future; taken as not known",
        5: "date cannot be read as a date (YYYY-MM-DD or DD/MM/YYYY)",
        6: "amount is below zero",
        7: "amount is nothing",
        8: "amount cannot be read as an amount in pounds",
        9: "reference is that of row 2 too",
        10: "reference has neither a letter nor a figure",
    }


def test_what_is_no_letter_is_refused_whole(app: Flask):
    with pytest.raises(FileRefused, match="lacks amount"):
        commands.read_letter(b"reference,date\nA,2026-11-20\n")
    with pytest.raises(FileRefused):
        commands.read_letter(b"\x00\x01\x02")
    many = "".join(f"R{n},2026-11-20,1.00\n" for n in range(2_001))
    with pytest.raises(RuleBroken, match="at most 2,000 lines") as refusal:
        commands.read_letter(("reference,date,amount\n" + many).encode())
    assert refusal.value.field == "file"


def test_a_letter_is_kept_once_and_makes_no_entry(officer: Actor):
    case = a_fraud_case()
    letter = read(f"SB-1,2026-11-20,100.00,Acc 1,{case.reference}", "SB-2,2026-11-18,5.00,,")
    kept, is_new = commands.keep_letter(letter, actor=officer)
    again, is_new_again = commands.keep_letter(letter, actor=officer)
    assert (is_new, is_new_again, kept.id == again.id) == (True, False, True)
    assert (count(BankLetter), count(LetterLine), count(LedgerEntry)) == (1, 2, 0)
    assert (kept.lines, kept.rejected, kept.by_id) == (2, 0, officer.id)
    assert (kept.first_on, kept.last_on) == (date(2026, 11, 18), date(2026, 11, 20))
    one, other = queries.lines_of(officer, kept)
    assert (one.reference, one.payee, one.ours, one.case_id) == (
        "SB-1", "Acc 1", case.reference, case.id,
    )  # fmt: skip
    assert (one.amount_pence, one.paid_on, other.case_id) == (100_00, date(2026, 11, 20), None)
    held = db.session.execute(sa.text("SELECT reference_sealed, payee_sealed FROM letter_line"))
    assert not any(
        b"SB-1" in bytes(cell) or b"Acc" in bytes(cell) for row in held for cell in row if cell
    )
    with pytest.raises(RuleBroken, match="nothing to keep"):
        commands.keep_letter(read("x,x,x,x,x"), actor=officer)


def test_as_its_lines_are_logged_the_list_follows(officer: Actor):
    case = a_fraud_case()
    loss = a_loss(case)
    kept, _ = commands.keep_letter(read(f"SB-1,2026-11-20,100.00,,{case.reference}"), actor=officer)
    before = queries.differences(officer, queries.lines_of(officer, kept))
    assert before.count(LineState.NOT_LOGGED) == 1
    money_back(case, loss, evidence="SB 1", amount_pence=100_00)
    after = queries.differences(officer, queries.lines_of(officer, kept))
    assert after.count(LineState.LOGGED) == 1


def test_a_line_of_a_case_that_is_closed_to_one_is_no_line(officer: Actor):
    case = a_fraud_case()
    kept, _ = commands.keep_letter(
        read(f"SB-1,2026-11-20,100.00,,{case.reference}", "SB-2,2026-11-20,1.00,,"), actor=officer
    )
    lines = queries.lines_of(officer, kept)
    restricted(case)
    assert [line.row_no for line in queries.lines_of(officer, kept)] == [3]
    with pytest.raises(NotFound):
        queries.get_line(officer, kept.id, lines[0].line_id)
    with pytest.raises(NotFound):
        queries.get_line(officer, kept.id + 1, lines[1].line_id)
    found = beside(officer, f"SB-1,2026-11-20,100.00,,{case.reference}")
    assert states(found) == {2: (LineState.NO_CASE, ())}
    with pytest.raises(NotFound):
        queries.get_bank_letter(an_actor(a_member_of_staff(Role.TEAM_LEADER)), kept.id)
    assert [row.id for row in queries.letters(officer)] == [kept.id]


def test_a_letter_costs_the_same_however_long_it_is(officer: Actor, count_queries: list[str]):
    def cost(lines: int) -> int:
        found = read(*(f"SB-{n},2026-11-20,1.00,,BCN-{n}" for n in range(lines)))
        count_queries.clear()
        queries.differences(officer, commands.matched(officer, found.lines))
        return len(count_queries)

    assert cost(2) == cost(60)


def test_the_command_shows_the_differences_and_keeps_the_letter(app: Flask, tmp_path: Path):
    case = a_fraud_case()
    ours = case.reference
    money_back(case, a_loss(case), evidence="SB-1", amount_pence=100_00)
    file = tmp_path / "letter.csv"
    file.write_text(
        HEAD + f"SB-1,2026-11-20,100.00,x,{ours}\nSB-2,2026-11-20,5.00,x,{ours}\n,,,,\nx,x,x,x,x\n"
    )
    db.session.commit()

    def run(*more: str) -> tuple[int, dict[str, object]]:
        done = app.test_cli_runner().invoke(
            args=["fraud", "import-letter", str(file), "--json", *more]
        )
        return done.exit_code, json.loads(done.stdout)

    code, dry = run("--dry-run")
    assert (code, dry["kept"], count(BankLetter)) == (1, False, 0)
    code, said = run()
    assert (code, said["logged"], said["not_logged"], said["sent_back"], said["kept"]) == (
        1, 1, 1, 1, True,
    )  # fmt: skip
    assert {line["row"]: line["state"] for line in said["lines"]} == {2: "logged", 3: "not_logged"}
    assert run()[1]["kept"] is False
    assert (count(BankLetter), count(LedgerEntry)) == (1, 1)
    assert (tmp_path / "letter.csv.rejected.csv").read_text("utf-8-sig").count("cannot be read")
    plain = app.test_cli_runner().invoke(args=["fraud", "import-letter", str(file)])
    assert "row 3: Not logged yet" in plain.stdout
    assert "SB-2" not in plain.stdout
    missing = app.test_cli_runner().invoke(args=["fraud", "import-letter", str(tmp_path / "no")])
    assert missing.exit_code == 2
