"""The evenings on which defendants were texted, and what the provider reported afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from beacon.core import clock
from beacon.core.actor import machine
from beacon.courts.commands.texts import plan_texts
from beacon.courts.terms import KIND
from beacon.notify import commands as notify
from beacon.notify import queries
from beacon.notify.commands import Receipt
from beacon.notify.commands.recording import record
from beacon.notify.commands.sending import deliver
from beacon.notify.gateway import Letter
from beacon.notify.post import post
from beacon.seed.diary import at
from beacon.seed.scene import Scene

SENDS, SHUTS = "17:05", "20:00"
# What the provider reports last, and its code; the texts of an evening take these in turn.
ENDS: tuple[tuple[str, int | None], ...] = (
    ("delivered", None),
    ("undelivered", 30003),
    ("delivered", None),
    ("failed", 30005),
    ("sent", None),
    ("delivered", None),
    ("delivered", None),
)

# What two of those who were texted about yesterday's hearings answered, by their place.
ANSWERS = {
    2: "Is it ok if I come at 11? My bus is late.",
    5: "im ill and cant come tomorrow",
}


class Evenings:
    """The evenings before the hearings that have come, and this one where it is over."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self, past: tuple[date, date]) -> None:
        """Put the evenings in the diary."""
        diary = self.scene.diary
        days = [*past, diary.today]
        if diary.now >= at(diary.today, SHUTS):
            days.append(diary.tomorrow)
        else:  # planned, as it is all day; they leave tonight, in front of people
            plan = partial(plan_texts, diary.tomorrow, actor=machine("plan-texts"))
            diary.put(diary.now, plan)
        for day in days:
            evening = at(day - timedelta(days=1), SENDS)
            diary.put(evening, partial(self.remind, day))

    def remind(self, day: date) -> None:
        """Plan the texts about a day's hearings and send them into the paper tray.

        One of those about yesterday's hearings is claimed and never recorded, as when a machine
        stops in the middle: a person must look at it.
        """
        plan_texts(day, actor=machine("plan-texts"))
        if post().config.texts_are_real:
            return
        is_lost = day == self.scene.diary.yesterday
        for place, text_id in enumerate(queries.due(clock.now(), [KIND])):
            letter = notify.claim(text_id)
            if letter is None or (is_lost and place == 0):
                continue
            record(letter.token, deliver(post(), letter))
            self._report(letter, place)
            if is_lost and place in ANSWERS:
                answer = partial(notify.take_reply, letter.to, ANSWERS[place], sid=f"IN{place}")
                self.scene.diary.put(clock.now() + timedelta(minutes=30), answer)

    def _report(self, letter: Letter, place: int) -> None:
        end, code = ENDS[place % len(ENDS)]
        minutes = self.scene.chance.whole(2, 25)
        put, now = self.scene.diary.put, clock.now()
        put(now + timedelta(minutes=1), partial(_receive, letter, "sent", None))
        if end != "sent":
            put(now + timedelta(minutes=minutes), partial(_receive, letter, end, code))


def clear_the_tray() -> None:
    """Set aside what an earlier load left in the tray: an empty database knows none of it."""
    here = post()
    if not here.config.texts_are_real:
        for path in (here.tray.path, here.journal.path):
            if path.exists():
                path.replace(path.with_name(f"{path.name}.earlier"))
        here.journal.refresh()


def give_to_a_person() -> None:
    """Settle what was claimed and never recorded: nobody knows whether it left."""
    notify.sweep()
    notify.reconcile()


def _receive(letter: Letter, status: str, code: int | None) -> None:
    receipt = Receipt(token=letter.token, sid=f"SM{letter.token}", status=status, code=code)
    notify.record_receipt(receipt)
