"""Members of staff, their roles, their sessions and their attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.accounts.terms import AttemptKind, ClientFeed, LinkPurpose, NoticeKind, Relation
from beacon.core.db import Base, Kept
from beacon.core.roles import Role
from beacon.core.sealed import Sealed, Sealing


class Team(Kept, Base):
    """A team of case managers; a case belongs to one."""

    __tablename__ = "team"
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)


class Staff(Sealing, Kept, Base):
    """One person who works here or at a partner agency."""

    __tablename__ = "staff"
    name: Mapped[str] = mapped_column(sa.String(100))
    email_sealed: Mapped[bytes]
    email = Sealed("email_sealed")
    email_index: Mapped[str] = mapped_column(sa.String(32), unique=True)
    phone_sealed: Mapped[bytes | None]
    phone = Sealed("phone_sealed")  # of their own: no defendant is texted there
    password_hash: Mapped[str] = mapped_column(sa.String(200), default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    agency: Mapped[str | None] = mapped_column(sa.String(100))
    disabled_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    last_signed_in_at: Mapped[datetime | None]
    team: Mapped[Team | None] = relationship(lazy="joined")
    role_rows: Mapped[list[StaffRole]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="StaffRole.role"
    )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held now; read anew with each request, never cached in a session."""
        return frozenset(row.role for row in self.role_rows)

    def may_sign_in(self, on: date) -> bool:
        """Whether the account is neither disabled nor past its end date."""
        return self.disabled_at is None and (self.ends_on is None or on <= self.ends_on)


class StaffRole(Kept, Base):
    """One role of one person."""

    __tablename__ = "staff_role"
    __table_args__ = (sa.UniqueConstraint("staff_id", "role", name="uq_staff_role_once"),)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    role: Mapped[Role]


class AuthSession(Kept, Base):
    """One signed-in browser. The cookie holds a random token; here is only its SHA-256."""

    __tablename__ = "auth_session"
    id_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    last_seen_at: Mapped[datetime]
    mfa_at: Mapped[datetime | None]  # when the second factor was shown at sign-in
    proved_at: Mapped[datetime | None]  # when the person last proved who they are (step-up)
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    agent: Mapped[str] = mapped_column(sa.String(200), default="")
    revoked_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")


class SignInAttempt(Kept, Base):
    """One try at a password or a code, counted in the database so that all workers count together.

    It is written as wrong before anything is compared, and corrected where it was right: what is
    tried at one moment is counted at one moment (security.md A-12).
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index("ix_sign_in_attempt_email_at", "email_index", "created_at"),)
    email_index: Mapped[str] = mapped_column(sa.String(32))
    kind: Mapped[AttemptKind] = mapped_column(default=AttemptKind.PASSWORD)
    succeeded: Mapped[bool]
    ip: Mapped[str] = mapped_column(sa.String(45), default="")


class SetupLink(Kept, Base):
    """A single-use link by which a person sets a password. Only the token's hash is kept."""

    __tablename__ = "setup_link"
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(default=LinkPurpose.INVITATION)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")


class SecondFactor(Sealing, Kept, Base):
    """A person's authenticator app. The last accepted time step is kept: no code works twice."""

    __tablename__ = "second_factor"
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    secret_sealed: Mapped[bytes]
    secret = Sealed("secret_sealed")
    last_step: Mapped[int] = mapped_column(default=0)  # RFC 6238 time step, 30 s each
    confirmed_at: Mapped[datetime | None]  # a first code was right
    retired_at: Mapped[datetime | None]


class RecoveryCode(Kept, Base):
    """One of ten codes for a lost app, used once. A selector finds the row; the rest is hashed."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        sa.UniqueConstraint("staff_id", "selector", name="uq_recovery_code_selector"),
    )
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    selector: Mapped[str] = mapped_column(sa.String(4))
    code_hash: Mapped[str] = mapped_column(sa.String(200))
    used_at: Mapped[datetime | None]


class Notice(Kept, Base):
    """Something about an account that its owner must be told, until they have seen it."""

    __tablename__ = "notice"
    __table_args__ = (sa.Index("ix_notice_waiting", "staff_id", "seen_at"),)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    kind: Mapped[NoticeKind]
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    seen_at: Mapped[datetime | None]


class Draft(Sealing, Kept, Base):
    """What a person typed into a form and had not sent when the session ended: theirs alone."""

    __tablename__ = "draft"
    __table_args__ = (sa.UniqueConstraint("staff_id", "place", name="uq_draft_place"),)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    place: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the form's address
    body_sealed: Mapped[bytes]
    body = Sealed("body_sealed")
    saved_at: Mapped[datetime]


class DeclaredContact(Sealing, Kept, Base):
    """A person, number or home that a member of staff must not meet here (domain.md RULE 7.7).

    Compared by keyed indexes of the same normal forms as victims' contact points and addresses.
    """

    __tablename__ = "declared_contact"
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    relation: Mapped[Relation]
    facts_sealed: Mapped[bytes]
    facts = Sealed("facts_sealed")  # JSON: what was declared, to show to its author alone
    point_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    address_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    postcode_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    surname_key: Mapped[str] = mapped_column(sa.String(220), default="")
    withdrawn_at: Mapped[datetime | None]


class ApiClient(Kept, Base):
    """A program of another organisation that may send us referrals. Only its token's hash is kept.

    The calls of the running minute are counted in its row, so that all workers count together.
    """

    __tablename__ = "api_client"
    __table_args__ = (sa.CheckConstraint("rate > 0", name="rate_is_some"),)
    name: Mapped[str] = mapped_column(sa.String(100), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    feeds: Mapped[str] = mapped_column(sa.String(60))  # the words of ClientFeed, between commas
    agency: Mapped[str | None] = mapped_column(sa.String(100))  # the one in whose name it may send
    rate: Mapped[int]  # calls a minute, at most
    ends_on: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    minute_at: Mapped[datetime | None]  # the minute that is being counted
    minute_calls: Mapped[int] = mapped_column(default=0)

    def may_send(self, on: date) -> bool:
        """Whether its token still opens the door on that day."""
        return self.revoked_at is None and (self.ends_on is None or on <= self.ends_on)

    @property
    def scope(self) -> frozenset[ClientFeed]:
        """The lists that it may send."""
        return frozenset(map(ClientFeed, self.feeds.split(",")))
