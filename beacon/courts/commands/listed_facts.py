"""The facts of one row of a court list, written into a defendant and a hearing.

The list owns its columns, except where a person has said otherwise; what is empty erases nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, time

from beacon.core.actor import Actor
from beacon.core.names import name_key
from beacon.core.phone import normal
from beacon.courts.commands.defendants import make_defendant, write_mobile, write_name
from beacon.courts.commands.guard import check_number
from beacon.courts.commands.hearings import Listing
from beacon.courts.models import Court, Defendant, Hearing
from beacon.courts.terms import HearingStatus, Initiation, ListStatus, Remand
from beacon.feeds.terms import Fact

Facts = Mapping[str, Fact | None]

STATUS: dict[ListStatus, HearingStatus] = {
    ListStatus.LISTED: HearingStatus.LISTED,
    ListStatus.MOVED: HearingStatus.LISTED,  # the row names the new day
    ListStatus.VACATED: HearingStatus.VACATED,
    ListStatus.ADJOURNED: HearingStatus.ADJOURNED,
}


def words(facts: Facts, name: str) -> str:
    """A column of text; empty where it is not known."""
    return str(facts.get(name) or "")


def day_of(facts: Facts) -> date:
    """The day of the hearing, which every row has."""
    day = facts["hearing_date"]
    assert isinstance(day, date)
    return day


def crime_key_of(facts: Facts) -> str:
    """The crime that a defendant belongs to: its reference, or the URN where none is given."""
    return words(facts, "crime_reference") or words(facts, "urn")


def status_of(facts: Facts) -> HearingStatus | None:
    """How the row says that the hearing stands, if it says."""
    said = words(facts, "status")
    return STATUS[ListStatus(said)] if said else None


def listing_of(facts: Facts, court: Court) -> Listing:
    """Where and when the row says that the hearing is."""
    at = facts.get("hearing_time")
    remand, initiation = words(facts, "remand_status"), words(facts, "initiation")
    return Listing(
        court=court,
        held_on=day_of(facts),
        starts_at=at if isinstance(at, time) else None,
        type_code=words(facts, "hearing_type"),
        room=words(facts, "court_room"),
        remand=Remand(remand) if remand else None,
        initiation=Initiation(initiation) if initiation else None,
    )


def nearest(hearings: Sequence[Hearing], first_name: str, born: date | None) -> Hearing | None:
    """The one of these hearings, of one surname, that is most likely this person's.

    None of somebody whose first name and day of birth are both another's.
    """

    def differs(hearing: Hearing) -> tuple[bool, bool]:
        theirs = hearing.defendant
        other_name = first_name and theirs.first_name and not alike(first_name, theirs.first_name)
        other_day = born and theirs.date_of_birth and born != theirs.date_of_birth
        return bool(other_day), bool(other_name)

    possible = [hearing for hearing in hearings if not all(differs(hearing))]
    return min(possible, key=differs, default=None)


def alike(one: str, other: str) -> bool:
    """Whether two first names may be one person's: an initial, or the beginning of the other."""
    one, other = name_key(one), name_key(other)
    return one.startswith(other) or other.startswith(one)


def new_defendant(facts: Facts, *, actor: Actor) -> Defendant:
    """The defendant of a row that names nobody we know."""
    born = facts.get("date_of_birth")
    defendant = make_defendant(
        crime_key=crime_key_of(facts),
        urn=words(facts, "urn"),
        reference=words(facts, "defendant_reference"),
        first_name=words(facts, "defendant_first_name"),
        last_name=words(facts, "defendant_last_name"),
        date_of_birth=born if isinstance(born, date) else None,
    )
    _write_wishes(defendant, facts)
    if number := words(facts, "mobile"):
        write_mobile(defendant, number)
        check_number(defendant, actor=actor)
    return defendant


def write_defendant(defendant: Defendant, facts: Facts, *, actor: Actor) -> set[str]:
    """Take over what a row newly says of the defendant; the names of what changed."""
    before = {name: getattr(defendant, name) for name in (*DEFENDANT, "crime_key")}
    for name, column in DEFENDANT.items():
        if facts.get(column) is not None:
            setattr(defendant, name, facts[column])
    if crime_reference := words(facts, "crime_reference"):
        defendant.crime_key = crime_reference
    write_name(defendant, defendant.first_name, defendant.last_name)
    _write_wishes(defendant, facts)
    changed = {name for name, fact in before.items() if getattr(defendant, name) != fact}
    number = words(facts, "mobile")
    if _write_number(defendant, number):
        changed.add("mobile")
    if changed & {"mobile", "crime_key"}:
        check_number(defendant, actor=actor)
    if number and defendant.listed_mobile == number:
        check_number(defendant, actor=actor, number=number)
    if changed:
        defendant.version += 1
    return changed


def write_hearing(hearing: Hearing, facts: Facts, court: Court | None) -> set[str]:
    """Take over what a row newly says of the hearing; the names of what changed."""
    new: dict[str, object] = {"court_id": court.id} if court else {}
    for name, (column, read) in HEARING.items():
        fact = facts.get(column)
        if fact is not None:
            new[name] = read(fact)
    if (status := status_of(facts)) is not None:
        new["status"] = status
    changed = {name for name, fact in new.items() if getattr(hearing, name) != fact}
    for name in changed:
        setattr(hearing, name, new[name])
    return changed


def write_doubts(hearing: Hearing, unreadable: Collection[str]) -> set[str]:
    """What cannot be read is not what the last list said: nobody is texted on the strength of it.

    The names of what changed.
    """
    changed = set()
    if "remand_status" in unreadable and hearing.remand is not None:
        hearing.remand = None
        changed.add("remand")
    if "hearing_time" in unreadable and hearing.starts_at is not None:
        hearing.starts_at = None
        changed.add("starts_at")
    if "status" in unreadable and hearing.status is HearingStatus.LISTED:
        hearing.status = HearingStatus.UNCLEAR
        changed.add("status")
    if "do_not_text" in unreadable and not hearing.defendant.do_not_text:
        hearing.defendant.do_not_text = True
        hearing.defendant.version += 1
        changed.add("do_not_text")
    return changed


def _same(fact: Fact) -> object:
    return fact


DEFENDANT: dict[str, str] = {
    "urn": "urn",
    "reference": "defendant_reference",
    "first_name": "defendant_first_name",
    "last_name": "defendant_last_name",
    "date_of_birth": "date_of_birth",
}
HEARING: dict[str, tuple[str, Callable[[Fact], object]]] = {
    "held_on": ("hearing_date", _same),
    "starts_at": ("hearing_time", _same),
    "type_code": ("hearing_type", _same),
    "room": ("court_room", _same),
    "remand": ("remand_status", lambda word: Remand(str(word))),
    "initiation": ("initiation", lambda word: Initiation(str(word))),
}


def _write_wishes(defendant: Defendant, facts: Facts) -> None:
    if language := words(facts, "interpreter_language"):
        defendant.interpreter_language = language
    wish = facts.get("do_not_text")
    # A list may ask us to stop; it does not undo what a person has written down.
    if wish is True or (wish is False and defendant.mobile_given_at is None):
        defendant.do_not_text = wish


def _write_number(defendant: Defendant, number: str) -> bool:
    """Take over a number, or keep it beside the one that a person gave."""
    if not number or normal(number) == normal(defendant.mobile):
        return False
    if defendant.mobile_given_at is not None:
        defendant.listed_mobile = number
        return False
    write_mobile(defendant, number)
    return True
