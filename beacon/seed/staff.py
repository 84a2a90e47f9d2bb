"""The people who work in the made-up county, and how each of them signs in."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.core.actor import Actor, machine
from beacon.core.roles import Role
from beacon.seed.words import PARTNERS, PASSWORD_WORDS

SETTING_UP = machine("flask demo load")
NORTH, SOUTH = "North", "South"

# The first of each role is the one whose sign-in is printed.
PEOPLE: tuple[tuple[Role, str, str | None, str | None], ...] = (
    (Role.INTAKE_OFFICER, "Ines Whitfield", None, None),
    (Role.INTAKE_OFFICER, "Tobias Adeoye", None, None),
    (Role.CASE_MANAGER, "Priya Ramsbottom", NORTH, None),
    (Role.CASE_MANAGER, "Gwen Larkham", NORTH, None),
    (Role.CASE_MANAGER, "Marcus Oyelaran", NORTH, None),
    (Role.CASE_MANAGER, "Saoirse Penhallow", SOUTH, None),
    (Role.CASE_MANAGER, "Dawid Stanhope", SOUTH, None),
    (Role.TEAM_LEADER, "Helen Quarshie", NORTH, None),
    (Role.TEAM_LEADER, "Rohan Bellweather", SOUTH, None),
    (Role.FRAUD_OFFICER, "Beatrix Nunn", None, None),
    (Role.FRAUD_OFFICER, "Yusuf Hargreave", None, None),
    (Role.COURT_OFFICER, "Callum Tredwell", None, None),
    (Role.PARTNER, "Rosalind Achebe", None, PARTNERS[0]),
    (Role.PARTNER, "Edwin Marchbanks", None, PARTNERS[1]),
    (Role.ANALYST, "Noemi Fairweather", None, None),
    (Role.AUDITOR, "Duncan Oakeshott", None, None),
    (Role.ADMINISTRATOR, "Leonie Garside", None, None),
)


@dataclass(frozen=True)
class SignIn:
    """How one member of staff signs in to the demonstration."""

    role: Role
    email: str
    password: str


@dataclass(frozen=True)
class Colleague:
    """One member of staff, as those who act in the diary need to know them."""

    id: int
    name: str
    role: Role
    team: str | None
    team_id: int | None
    actor: Actor


class Office:
    """Everybody who works here."""

    def __init__(self) -> None:
        self.colleagues: list[Colleague] = []
        self.sign_ins: list[SignIn] = []
        self._turns: Counter[tuple[Role, str | None]] = Counter()

    def hire(self) -> None:
        """Make the accounts, each with a password of its own that is made anew with each load."""
        for role, name, team, agency in PEOPLE:
            email = f"{'.'.join(name.casefold().split())}@example.org"
            password = new_password()
            person = accounts.create_staff(
                email=email, name=name, roles=[role], team=team, agency=agency, actor=SETTING_UP
            )
            accounts.set_password(person, password, actor=SETTING_UP)
            self.sign_ins.append(SignIn(role, email, password))
            self.colleagues.append(_colleague(person, role))

    def one(self, role: Role, *, team: str | None = None) -> Colleague:
        """Somebody of the role, in turn; of one team where it is named."""
        able = self.all(role, team=team)
        self._turns[role, team] += 1
        return able[self._turns[role, team] % len(able)]

    def all(self, role: Role, *, team: str | None = None) -> list[Colleague]:
        """Everybody of the role."""
        return [
            one
            for one in self.colleagues
            if one.role is role and (team is None or one.team == team)
        ]

    def by_id(self, staff_id: int | None) -> Colleague:
        """The colleague of this id; the first team leader where nobody has been named."""
        leader = self.all(Role.TEAM_LEADER)[0]
        return next((one for one in self.colleagues if one.id == staff_id), leader)


def new_password() -> str:
    """Four plain words and two figures, by chance that no seed repeats."""
    words = "-".join(secrets.choice(PASSWORD_WORDS) for _ in range(4))
    return f"{words}-{10 + secrets.randbelow(90)}"


def _colleague(person: Staff, role: Role) -> Colleague:
    return Colleague(
        id=person.id,
        name=person.name,
        role=role,
        team=person.team.name if person.team else None,
        team_id=person.team_id,
        actor=Actor(
            kind="staff",
            name=person.name,
            id=person.id,
            team_id=person.team_id,
            agency=person.agency,
            roles=frozenset({role}),
        ),
    )
