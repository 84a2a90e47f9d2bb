"""The set itself: who came, who they are, and what of it is a trap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.labelled.damage import damaged, fits, knowable
from tests.labelled.people import Town
from tests.labelled.terms import Came, Damage, Facts, Likeness

SEED = 20261128
PEOPLE = 2000
OF_EACH_DAMAGE = 75
OF_EACH_LIKENESS = 150
SECOND_DAMAGE = 0.2
KEEPS_THE_REFERENCE = 0.8


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One record as it came in, with the number of the person whom it truly is."""

    person: int
    facts: Facts
    came: Came


@dataclass(frozen=True)
class LabelledSet:
    """Records in the order in which they came, and how people who are not one look alike."""

    records: list[Labelled]
    alike: dict[frozenset[int], Likeness]  # two persons

    def true_pairs(self) -> dict[frozenset[int], Labelled]:
        """Two records of one person, by their places, with the later record."""
        first: dict[int, int] = {}
        pairs = {}
        for place, record in enumerate(self.records):
            if record.person in first:
                pairs[frozenset((first[record.person], place))] = record
            else:
                first[record.person] = place
        return pairs


def labelled_people(share: float = 1.0, *, seed: int = SEED) -> LabelledSet:
    """The whole set, or a smaller one made in the same way."""
    town = Town(seed)
    people = [town.somebody() for _ in range(round(PEOPLE * share))]
    records = [Labelled(person=n, facts=one, came=Came()) for n, one in enumerate(people)]
    again = _again(people, town, round(OF_EACH_DAMAGE * share))
    others, alike = _others(people, town, round(OF_EACH_LIKENESS * share))
    later = [*again, *others]
    town.chance.shuffle(later)
    return LabelledSet([*records, *later], alike)


def _again(people: list[Facts], town: Town, of_each: int) -> list[Labelled]:
    """Some come again, nobody more than once."""
    free = list(range(len(people)))
    town.chance.shuffle(free)
    records = []
    for kind in Damage:
        able = [n for n in free if _can_come_again(people[n]) and fits(people[n], kind, town)][
            :of_each
        ]
        for person in able:
            free.remove(person)
            records.append(_once_more(person, people[person], kind, town))
    return records


def _can_come_again(facts: Facts) -> bool:
    return knowable(facts, facts)


def _once_more(person: int, facts: Facts, kind: Damage, town: Town) -> Labelled:
    """One kind of damage, one time in five a second; what nobody could know again is not kept."""
    while True:
        now, second = facts, None
        if facts.reference and not town.happens(KEEPS_THE_REFERENCE):
            now = replace(now, reference="")
        now = damaged(now, kind, town)
        if town.happens(SECOND_DAMAGE):
            able = [one for one in Damage if one is not kind and fits(now, one, town)]
            second = town.chance.choice(able)
            now = damaged(now, second, town)
        if knowable(facts, now):
            return Labelled(person=person, facts=now, came=Came(damage=kind, second=second))


def _others(
    people: list[Facts], town: Town, of_each: int
) -> tuple[list[Labelled], dict[frozenset[int], Likeness]]:
    """People who are somebody else, and look like one who came."""
    records, alike = [], {}
    for kind, (make, able) in OTHERS.items():
        beside = [n for n, one in enumerate(people) if able(one)]
        for person in town.chance.sample(beside, of_each):
            number = len(people) + len(records)
            records.append(
                Labelled(person=number, facts=make(people[person], town), came=Came(likeness=kind))
            )
            alike[frozenset((person, number))] = kind
    return records, alike


def _twin(one: Facts, town: Town) -> Facts:
    """Born on one day in one house; while they are at home, one number rings for both."""
    first, shares = town.first_name(one.first_name), town.happens(0.6)
    return replace(
        one,
        first_name=first,
        mobile=one.mobile if shares else town.number(),
        phone=one.phone,
        email=town.mail(first, one.last_name) if one.email else "",
        reference=town.reference() if town.happens(0.3) else "",
    )


def _son(one: Facts, town: Town) -> Facts:
    """His father's name, often his father's number; now and then nobody wrote down how old."""
    if one.born is None:
        raise ValueError("a father has a date of birth")
    years = timedelta(days=365 * town.chance.randrange(18, 40) + town.chance.randrange(365))
    born = one.born + years if one.born.year < 1970 else one.born - years
    return replace(
        one,
        born=born if town.happens(0.9) else None,
        mobile=one.mobile if town.happens(0.4) else town.number(),
        email=town.mail(one.first_name, one.last_name) if one.email else "",
        reference=town.reference() if town.happens(0.3) else "",
    )


def _household(one: Facts, town: Town) -> Facts:
    """A wife, a brother, a child or a lodger: the number and mostly the house are the same."""
    family = town.happens(0.8)
    first, last = town.first_name(one.first_name), town.name()[1]
    last = one.last_name if family else last
    same_house = town.happens(0.85)
    house = {} if same_house else town.home()
    return replace(
        one,
        first_name=first,
        last_name=last,
        born=town.birth() if town.happens(0.94) else None,
        email=town.mail(first, last) if town.happens(0.55) else "",
        reference=town.reference() if town.happens(0.3) else "",
        **house,
    )


def _namesake(one: Facts, town: Town) -> Facts:
    """The same name and another life; a few were born on one day, a few are neighbours."""
    other = town.somebody()
    return replace(
        other,
        first_name=one.first_name,
        last_name=one.last_name,
        born=one.born if town.happens(0.05) else other.born,
        postcode=one.postcode if town.happens(0.1) else other.postcode,
        email=town.mail(one.first_name, one.last_name) if other.email else "",
    )


OTHERS: dict[Likeness, tuple[Callable[[Facts, Town], Facts], Callable[[Facts], bool]]] = {
    Likeness.TWIN: (_twin, lambda one: one.born is not None),
    Likeness.SON: (_son, lambda one: one.born is not None),
    Likeness.HOUSEHOLD: (_household, lambda one: bool(one.mobile or one.phone)),
    Likeness.NAMESAKE: (_namesake, lambda _: True),
}
