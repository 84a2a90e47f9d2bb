"""Words and permissions of accounts, sessions and settings."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class AttemptKind(StrEnum):
    """What was tried at sign-in, or asked for there."""

    PASSWORD = "password"  # noqa: S105  # nosec B105
    CODE = "code"
    RESET = "reset"  # a new password was asked for; succeeded where it has been answered

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return self.value.capitalize()


class LinkPurpose(StrEnum):
    """Why a single-use link was given."""

    INVITATION = "invitation"
    RESET = "reset"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {"invitation": "Invitation", "reset": "New password"}[self]


class NoticeKind(StrEnum):
    """What the owner of an account is told: on the next page they open, and by mail."""

    LOCKED = "locked"
    NEW_DEVICE = "new_device"
    DISPLACED = "displaced"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # nosec B105
    EMAIL_CHANGED = "email_changed"
    FACTOR_CHANGED = "factor_changed"
    FACTOR_RESET = "factor_reset"
    RECOVERY_USED = "recovery_used"

    @property
    def label(self) -> str:
        """The notice as the person reads it."""
        return {
            "locked": "Your account was locked after too many wrong passwords or codes.",
            "new_device": "Your account was used from a browser or place not seen before.",
            "displaced": "Your oldest session was ended, because you had signed in elsewhere.",
            "password_changed": "Your password was changed.",  # nosec B105
            "email_changed": "The email address of your account was changed.",
            "factor_changed": "The authenticator app of your account was changed.",
            "factor_reset": "An administrator took the authenticator app off your account.",
            "recovery_used": "A recovery code was used to sign in to your account.",
        }[self]


class Relation(StrEnum):
    """How a declared person stands to the member of staff who declares them."""

    SELF = "self"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    FAMILY = "family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The relation as a page says it."""
        return {
            "self": "Myself",
            "partner": "Partner",
            "former_partner": "Former partner",
            "family": "Family or household",
            "friend": "Friend",
            "neighbour": "Neighbour",
            "other": "Somebody else",
        }[self]


class ClientFeed(StrEnum):
    """The lists that another program may be allowed to send."""

    POLICE = "police"
    FRAUD = "fraud"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        """The list as a page says it."""
        return {
            "police": "Police: victims of recorded crime",
            "fraud": "Report Fraud: victims of fraud",
            "partner": "Partner: referrals of an agency",
        }[self.value]


class AccountPermission(StrEnum):
    """What may be done with accounts, settings and one's own session."""

    SIGNED_IN = "accounts.signed_in"  # every member of staff: own account, sign out
    ADMINISTER = "accounts.administer"


GRANTS = {
    AccountPermission.SIGNED_IN: frozenset(Role),
    AccountPermission.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}
