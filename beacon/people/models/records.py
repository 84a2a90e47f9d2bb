"""Victims and how to reach them. Every way to reach somebody is sealed; names stay readable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from beacon.core.db import Base, Kept
from beacon.core.names import phonetic
from beacon.core.sealed import Sealed, Sealing
from beacon.people.terms import (
    Around,
    ContactKind,
    Disability,
    Orientation,
    Preferred,
    Religion,
    Safe,
)


class Victim(Kept, Base):
    """One person, or one organisation, who comes to us."""

    __tablename__ = "victim"
    __table_args__ = (
        sa.CheckConstraint("last_name <> '' OR organisation <> ''", name="has_a_name"),
        sa.Index("ix_victim_name_born", "name_key", "date_of_birth"),
        sa.Index("ix_victim_surname", "surname_key", "name_key", "id"),
    )
    title: Mapped[str] = mapped_column(sa.String(20), default="")
    first_name: Mapped[str] = mapped_column(sa.String(100), default="")
    last_name: Mapped[str] = mapped_column(sa.String(100), default="")
    organisation: Mapped[str] = mapped_column(sa.String(200), default="")
    name_key: Mapped[str] = mapped_column(sa.String(220))  # names.name_key of "first last"
    surname_key: Mapped[str] = mapped_column(sa.String(220))
    # How the surname sounds, so that Clarke is found by Clark; kept in step by _sounds_like.
    surname_sound: Mapped[str] = mapped_column(
        sa.String(220),
        default=lambda row: phonetic(row.get_current_parameters()["surname_key"]),
        index=True,
    )
    date_of_birth: Mapped[date | None]
    gender: Mapped[str] = mapped_column(sa.String(40), default="")
    ethnicity: Mapped[str] = mapped_column(sa.String(10), default="")
    disability: Mapped[Disability] = mapped_column(default=Disability.NOT_ASKED)
    orientation: Mapped[Orientation] = mapped_column(default=Orientation.NOT_ASKED)
    religion: Mapped[Religion] = mapped_column(default=Religion.NOT_ASKED)
    language: Mapped[str] = mapped_column(sa.String(60), default="")
    interpreter: Mapped[str] = mapped_column(sa.String(60), default="")
    victim_reference: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    confirmed_facts: Mapped[str] = mapped_column(sa.Text, default="[]")  # JSON: names of facts
    version: Mapped[int] = mapped_column(default=1)
    # How its keys were made (queries.finding.KEYS_MADE); 0 where they were not, or no longer fit.
    keys_made: Mapped[int] = mapped_column(default=0, index=True)
    contact_points: Mapped[list[ContactPoint]] = relationship(order_by="ContactPoint.id")
    addresses: Mapped[list[Address]] = relationship(order_by="Address.id")
    safe_contact: Mapped[SafeContact | None] = relationship()

    @validates("surname_key")
    def _sounds_like(self, column: str, surname: str) -> str:
        self.surname_sound = phonetic(surname)
        return surname

    @property
    def confirmed(self) -> frozenset[str]:
        """The names of the facts that a person entered or confirmed: no feed may change them."""
        return frozenset(json.loads(self.confirmed_facts or "[]"))

    def confirm(self, facts: Iterable[str]) -> None:
        """Mark facts as a person's own."""
        self.confirmed_facts = json.dumps(sorted({*self.confirmed, *facts}))

    @property
    def full_name(self) -> str:
        """The name as it is written on a page; an organisation's where there is no person."""
        if not (self.first_name or self.last_name):
            return self.organisation
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


class ContactPoint(Sealing, Kept, Base):
    """One number or address by which a person may, or may not, be reached (domain.md 7.1)."""

    __tablename__ = "contact_point"
    __table_args__ = (sa.UniqueConstraint("victim_id", "value_index", name="uq_contact_once"),)
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"))
    kind: Mapped[ContactKind]
    value_sealed: Mapped[bytes]
    value = Sealed("value_sealed")
    value_index: Mapped[str] = mapped_column(sa.String(32), index=True)
    last_six_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    safe: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)
    call_ok: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)  # no: to be texted alone
    text_ok: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)
    voicemail_ok: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)
    from_feed: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]  # a person said so: no feed may change it
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    retired_at: Mapped[datetime | None]


class Address(Sealing, Kept, Base):
    """Where a person lives. The most dangerous fact that we hold."""

    __tablename__ = "address"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    lines_sealed: Mapped[bytes | None]
    lines = Sealed("lines_sealed")
    postcode_sealed: Mapped[bytes | None]
    postcode = Sealed("postcode_sealed")
    postcode_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    full_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)  # the whole address
    street_index: Mapped[str | None] = mapped_column(sa.String(32))  # found by person_key alone
    letter_ok: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)
    from_feed: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    retired_at: Mapped[datetime | None]


class AddressShowing(Sealing, Kept, Base):
    """One time somebody was shown where a person lives, and why: the log names it, without words.

    It is not part of the record that pages show, so it has no scope.
    """

    __tablename__ = "address_showing"
    address_id: Mapped[int] = mapped_column(sa.ForeignKey("address.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class ContactShowing(Sealing, Kept, Base):
    """One time somebody was shown a number or an e-mail address, and why where a reason is asked.

    It is not part of the record that pages show, so it has no scope.
    """

    __tablename__ = "contact_showing"
    contact_point_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_point.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class SafeContact(Sealing, Kept, Base):
    """The rules by which one person may be reached (domain.md 7.1, RULE 7.1 and 7.2)."""

    __tablename__ = "safe_contact"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), unique=True)
    preferred: Mapped[Preferred | None]
    overall: Mapped[Safe] = mapped_column(default=Safe.NOT_ASKED)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))


class ProposedChange(Sealing, Kept, Base):
    """A fact from a feed that differs from one that a person entered or confirmed."""

    __tablename__ = "proposed_change"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(40))
    value_sealed: Mapped[bytes | None]
    value = Sealed("value_sealed")
    source: Mapped[str] = mapped_column(sa.String(40))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    accepted: Mapped[bool | None]


class PersonAround(Sealing, Kept, Base):
    """Somebody around a victim, whose numbers are never to be a defendant's (domain.md 7.1)."""

    __tablename__ = "person_around"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    kind: Mapped[Around]
    name_sealed: Mapped[bytes]
    name = Sealed("name_sealed")
    relation_sealed: Mapped[bytes | None]
    relation = Sealed("relation_sealed")
    mobile_sealed: Mapped[bytes | None]
    mobile = Sealed("mobile_sealed")
    phone_sealed: Mapped[bytes | None]
    phone = Sealed("phone_sealed")
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")  # what may be said to them, and what must not
    speak: Mapped[Safe]  # may we speak to them
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class AroundShowing(Sealing, Kept, Base):
    """One time somebody was shown a number of a person around a victim, and why.

    It is not part of the record that pages show, so it has no scope.
    """

    __tablename__ = "around_showing"
    person_around_id: Mapped[int] = mapped_column(sa.ForeignKey("person_around.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
