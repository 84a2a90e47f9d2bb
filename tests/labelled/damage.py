"""Eight kinds of damage: how the same person is written down another time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.labelled.people import Town
from tests.labelled.terms import Damage, Facts

# What English people are called, and what their papers say. Not the table that Beacon reads.
NICKNAMES: dict[str, tuple[str, ...]] = {
    "Abigail": ("Abi", "Abbie"), "Alexander": ("Alex", "Sandy"), "Andrew": ("Andy", "Drew"),
    "Anthony": ("Tony",), "Barbara": ("Barb", "Babs"), "Benjamin": ("Ben",),
    "Catherine": ("Cathy", "Kate"), "Charles": ("Charlie", "Chas"), "Charlotte": ("Lottie",),
    "Christine": ("Chris", "Chrissie"), "Christopher": ("Chris", "Kit"), "Daniel": ("Dan", "Danny"),
    "David": ("Dave", "Davy"), "Deborah": ("Debbie", "Deb"), "Donald": ("Don",),
    "Dorothy": ("Dot", "Dottie"), "Edward": ("Ted", "Eddie", "Ned"), "Eleanor": ("Ellie", "Nell"),
    "Elizabeth": ("Liz", "Beth", "Betty", "Lizzie"), "Frances": ("Fran",), "Francis": ("Frank",),
    "Frederick": ("Fred", "Freddie"), "Geoffrey": ("Geoff",), "Gerald": ("Gerry",),
    "Gregory": ("Greg",), "Harriet": ("Hattie",), "Jacqueline": ("Jackie",),
    "James": ("Jim", "Jimmy", "Jamie"), "Janet": ("Jan",), "Jeffrey": ("Jeff",),
    "Jennifer": ("Jen", "Jenny"), "Jessica": ("Jess",), "John": ("Jack", "Johnny"),
    "Jonathan": ("Jon",), "Joseph": ("Joe",), "Joshua": ("Josh",), "Josephine": ("Jo", "Josie"),
    "Katherine": ("Kathy", "Kate", "Kath"), "Kathleen": ("Kath", "Kathy"), "Kenneth": ("Ken",),
    "Leonard": ("Len", "Lenny"), "Margaret": ("Maggie", "Peggy", "Meg"), "Martin": ("Marty",),
    "Matthew": ("Matt",), "Michael": ("Mike", "Mick"), "Mohammed": ("Mo",), "Muhammad": ("Mo",),
    "Natalie": ("Nat",), "Nicholas": ("Nick",), "Nicola": ("Nicky",), "Oliver": ("Ollie",),
    "Pamela": ("Pam",), "Patricia": ("Pat", "Trish"), "Patrick": ("Paddy", "Pat"),
    "Peter": ("Pete",), "Philip": ("Phil",), "Rebecca": ("Becky",), "Richard": ("Rick", "Dick"),
    "Robert": ("Rob", "Bob", "Bobby"), "Ronald": ("Ron",), "Samantha": ("Sam",), "Samuel": ("Sam",),
    "Sandra": ("Sandy",), "Sarah": ("Sally", "Sal"), "Stephanie": ("Steph",),
    "Stephen": ("Steve",), "Steven": ("Steve",), "Stuart": ("Stu",), "Susan": ("Sue", "Susie"),
    "Teresa": ("Terry", "Tess"), "Terence": ("Terry",), "Thomas": ("Tom", "Tommy"),
    "Timothy": ("Tim",), "Valerie": ("Val",), "Victoria": ("Vicky", "Tori"),
    "William": ("Bill", "Will", "Billy"), "Zoe": ("Zo",),
}  # fmt: skip
# How letters of other languages are spelled where the keyboard lacks them.
SPELLED = {"ü": "ue", "ö": "oe", "ä": "ae", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "ł": "l"}
BESIDE = {
    "a": "sqz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs",
    "y": "tuh", "z": "xas",
}  # fmt: skip


def damaged(facts: Facts, kind: Damage, town: Town) -> Facts:
    """The same person, written down with this kind of damage."""
    return KINDS[kind](facts, town)


def fits(facts: Facts, kind: Damage, town: Town) -> bool:
    """Whether these facts are damaged so; of those without a nickname, one in ten."""
    if kind is Damage.NICKNAME:
        return facts.first_name in NICKNAMES or town.happens(0.1)
    return facts.born is not None if kind is Damage.BORN else True


def knowable(one: Facts, other: Facts) -> bool:
    """Whether anything but the name is left by which a person could know them again."""
    return bool(one.born and other.born) or not _marks(one).isdisjoint(_marks(other))


def _marks(facts: Facts) -> set[str]:
    numbers = ("".join(filter(str.isdigit, one))[-9:] for one in (facts.mobile, facts.phone))
    return {*numbers, facts.email.lower(), facts.address.lower(), facts.reference} - {""}


def _writing(facts: Facts, town: Town) -> Facts:
    way = town.chance.choice((str.upper, str.lower, _plain, _spelled, _spaced))
    return replace(
        facts,
        first_name=way(facts.first_name),
        last_name=way(facts.last_name),
        address=town.chance.choice((str.upper, str.lower))(facts.address),
    )


def _plain(name: str) -> str:
    """Without accents, hyphens and apostrophes."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(mark for mark in letters if not unicodedata.combining(mark))
    return bare.replace("-", " ").replace("'", "")


def _spelled(name: str) -> str:
    """With letters of other languages spelled out, and a curly apostrophe."""
    return "".join(SPELLED.get(mark, mark) for mark in name.lower()).title().replace("'", "’")


def _spaced(name: str) -> str:
    return f" {name.replace('-', ' - ')}  "


def _format(facts: Facts, town: Town) -> Facts:
    ways: list[Callable[[str], str]] = [
        lambda number: "+44 " + number[1:],
        lambda number: number.replace(" ", ""),
        lambda number: number.replace(" ", "-"),
        lambda number: "0044 (0)" + number[1:],
    ]
    way = town.chance.choice(ways)
    return replace(
        facts,
        mobile=way(facts.mobile) if facts.mobile else "",
        phone=way(facts.phone) if facts.phone else "",
        email=town.chance.choice((str.upper, str.title))(facts.email),
        postcode=town.chance.choice((str.lower, lambda code: code.replace(" ", "")))(
            facts.postcode
        ),
    )


def _moved(facts: Facts, town: Town) -> Facts:
    gone = replace(facts, **town.home())
    if town.happens(0.4):
        return replace(gone, mobile=town.number(), phone="")
    return gone


def _sparse(facts: Facts, town: Town) -> Facts:
    """Each fact is left out as often as not; something by which to know them again stays."""
    while True:
        kept = {
            name: getattr(facts, name)
            for name in ("born", "mobile", "phone", "email", "address", "postcode", "reference")
            if town.happens(0.5)
        }
        left = Facts(first_name=facts.first_name, last_name=facts.last_name, **kept)
        if left.born or left.mobile or left.phone or left.email or left.address:
            return left
        if not (facts.born or facts.mobile or facts.phone or facts.email or facts.address):
            return facts


def _typing(facts: Facts, town: Town) -> Facts:
    for _ in range(2 if town.happens(0.15) else 1):
        if town.happens(0.5):
            facts = replace(facts, first_name=_slip(facts.first_name, town))
        else:
            facts = replace(facts, last_name=_slip(facts.last_name, town))
    return facts


def _slip(name: str, town: Town) -> str:
    """One letter too many, one too few, another one, or two the wrong way round."""
    chance, at = town.chance, town.chance.randrange(len(name))
    near = chance.choice(BESIDE.get(name[at].lower(), "aeiou"))
    return chance.choice(
        (
            name[:at] + near + name[at:],
            name[:at] + name[at + 1 :] if len(name) > 2 else name + near,
            name[:at] + near + name[at + 1 :],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        )
    )


def _nickname(facts: Facts, town: Town) -> Facts:
    known = NICKNAMES.get(facts.first_name)
    if known and town.happens(0.8):
        return replace(facts, first_name=town.chance.choice(known))
    if town.happens(0.5):
        return replace(facts, first_name=facts.first_name[:1])
    return replace(facts, first_name=f"{facts.first_name} {town.name()[0]}")


def _swapped(facts: Facts, town: Town) -> Facts:
    return replace(facts, first_name=facts.last_name, last_name=facts.first_name)


def _born(facts: Facts, town: Town) -> Facts:
    if facts.born is None:
        return facts
    day = facts.born
    if day.day <= 12 and day.day != day.month and town.happens(0.5):
        return replace(facts, born=date(day.year, day.day, day.month))
    written = day.isoformat()
    while True:
        at = town.chance.choice([n for n, mark in enumerate(written) if mark != "-" and n > 1])
        digit = town.chance.choice([one for one in "0123456789" if one != written[at]])
        try:
            other = date.fromisoformat(written[:at] + digit + written[at + 1 :])
        except ValueError:
            continue
        if date(1920, 1, 1) < other < date(2026, 1, 1):
            return replace(facts, born=other)


KINDS: dict[Damage, Callable[[Facts, Town], Facts]] = {
    Damage.WRITING: _writing,
    Damage.FORMAT: _format,
    Damage.MOVED: _moved,
    Damage.SPARSE: _sparse,
    Damage.TYPING: _typing,
    Damage.NICKNAME: _nickname,
    Damage.SWAPPED: _swapped,
    Damage.BORN: _born,
}
