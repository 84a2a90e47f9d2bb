"""Several texts are claimed in one commit and recorded in one: what is true of one is of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db, transaction
from beacon.core.settings import Setting
from beacon.notify import commands
from beacon.notify.commands import recording, sending
from beacon.notify.commands.claiming import Capped, claim_some
from beacon.notify.gateway import Answer
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.outbox import Recheck
from beacon.notify.terms import AttemptEnd, TextState
from tests.provider.kind import ANSWERS, TEST, a_text
from tests.provider.process import Provider

S = TextState


@pytest.fixture(autouse=True)
def through_the_provider(twilio: Provider) -> None:
    """Every test here sends through the stand-in."""


@pytest.fixture
def commits(app: Flask) -> Iterator[list[int]]:
    """One entry for each commit of the test."""
    counted: list[int] = []

    def note(connection: sa.Connection) -> None:
        counted.append(1)

    sa.event.listen(db.engine, "commit", note)
    yield counted
    sa.event.remove(db.engine, "commit", note)


def planned(many: int, number: int | None = None) -> list[int]:
    for n in range(500, 500 + many):
        a_text(number or n, about_id=n)
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText.id).order_by(OutboundText.id)))


def states() -> list[TextState]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText.state).order_by(OutboundText.id)))


def test_ten_claims_are_one_commit_with_a_token_each_and_ten_records_are_one(commits: list[int]):
    ids = planned(10)
    commits.clear()
    letters = claim_some(ids)
    assert len(commits) == 1
    assert len({letter.token for letter in letters}) == 10
    assert states() == [S.CLAIMED] * 10
    commits.clear()
    answers = {one.token: Answer(AttemptEnd.ACCEPTED, sid=f"SM{one.token}") for one in letters}
    assert recording.record_some(answers) == 10
    assert len(commits) == 1
    assert states() == [S.ACCEPTED] * 10


def test_a_text_that_was_claimed_is_not_claimed_again_with_others():
    ids = planned(4)
    first = claim_some(ids[:2])
    second = claim_some(ids)
    assert [letter.key for letter in second] == [
        f"test-reminder:{n}:2026-11-24" for n in (502, 503)
    ]
    assert not {one.token for one in first} & {one.token for one in second}


def test_what_stops_one_stops_that_one_alone(twilio: Provider):
    planned(5)
    ANSWERS[501] = Recheck.cancel("vacated")
    ANSWERS[503] = Recheck.suppress("in_custody")
    commands.send_due()
    assert states() == [S.ACCEPTED, S.CANCELLED, S.ACCEPTED, S.SUPPRESSED, S.ACCEPTED]
    assert len(twilio.accepted()) == 3


def test_one_that_cannot_be_prepared_amid_others_stops_none_of_them(twilio: Provider):
    planned(12)
    with transaction() as session:
        spoiled = sa.update(OutboundText).where(OutboundText.about_id == 506)
        session.execute(spoiled.values(body_sealed=b"d1:" + b"0" * 40))
    with pytest.raises(sending.SomeCouldNotBeClaimed):
        commands.send_due()
    assert states() == [S.ACCEPTED] * 6 + [S.PLANNED] + [S.ACCEPTED] * 5
    assert len(twilio.accepted()) == 11
    assert twilio.twice() == []


@pytest.mark.proves("T-30")
def test_the_days_most_is_reached_in_the_midst_of_several():
    ids = planned(5)
    with transaction() as session:
        session.add(Setting(name="texts.daily_cap", text="3"))
    assert len(claim_some(ids)) == 3
    assert states() == [S.CLAIMED] * 3 + [S.PLANNED] * 2
    with pytest.raises(Capped):
        claim_some(ids)


@pytest.mark.proves("T-31")
def test_of_several_for_one_number_one_is_claimed():
    assert len(claim_some(planned(5, number=500))) == 1
    assert states().count(S.PLANNED) == 4


def test_a_paused_sender_claims_none_of_several():
    ids = planned(3)
    commands.pause(reason="wrong list", actor=TEST)
    with pytest.raises(Capped):
        claim_some(ids)
    assert states() == [S.PLANNED] * 3
    assert db.session.scalar(sa.select(sa.func.count(TextAttempt.id))) == 0
