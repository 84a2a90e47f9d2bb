"""Members of staff, their roles, their sessions and their attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    password_hash: Mapped[str] = mapped_column(sa.String(200), default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    agency: Mapped[str | None] = mapped_column(sa.String(100))
    disabled_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
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
    mfa_at: Mapped[datetime | None]
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    agent: Mapped[str] = mapped_column(sa.String(200), default="")
    revoked_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")


class SignInAttempt(Kept, Base):
    """One try at a password, counted in the database so that every worker counts together."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index("ix_sign_in_attempt_email_at", "email_index", "created_at"),)
    email_index: Mapped[str] = mapped_column(sa.String(32))
    succeeded: Mapped[bool]
    ip: Mapped[str] = mapped_column(sa.String(45), default="")


class SetupLink(Kept, Base):
    """A single-use link by which a person sets a password. Only the token's hash is kept."""

    __tablename__ = "setup_link"
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")
