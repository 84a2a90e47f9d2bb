"""Whose texts are whose: those to defendants are the court officers', but for what is withheld.

Those to victims are nobody's here: the pages of the feature that sent them say what became of them.

Texts know of no hearing, so the features above say which of the things that texts are about are
closed to somebody (security.md Z-11).
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.notify.models import InboundReply, OutboundText, SuppressedNumber
from beacon.notify.terms import REPLY_LINE, Audience

Withheld = Callable[[Viewer], sa.CompoundSelect[int]]
_withheld: dict[str, Withheld] = {}


def withheld_through(kind: str, withheld: Withheld) -> None:
    """Register what the viewer must not read about in texts of one kind: the ids, as a query."""
    _withheld[kind] = withheld


def texts(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A court officer sees all but what is withheld; nobody else sees any (domain.md RULE 5.6)."""
    if Role.COURT_OFFICER not in viewer.roles:
        return sa.false()
    open_to_them = (
        sa.or_(OutboundText.kind != kind, OutboundText.about_id.not_in(withheld(viewer)))
        for kind, withheld in _withheld.items()
    )
    return sa.and_(OutboundText.audience == Audience.DEFENDANT, *open_to_them)


def replies(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What was texted to us: by the same people, and not from a number of what is withheld."""
    is_officer = sa.true() if Role.COURT_OFFICER in viewer.roles else sa.false()
    return sa.and_(is_officer, InboundReply.from_index.not_in(_withheld_numbers(viewer)))


def numbers(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The numbers that are not texted, but for those of what is withheld."""
    is_officer = sa.true() if Role.COURT_OFFICER in viewer.roles else sa.false()
    return sa.and_(is_officer, SuppressedNumber.phone_index.not_in(_withheld_numbers(viewer)))


def _withheld_numbers(viewer: Viewer) -> sa.Select[str]:
    to_defendants = OutboundText.audience == Audience.DEFENDANT
    return sa.select(OutboundText.to_index).where(to_defendants, sa.not_(texts(viewer)))


def _lines_withheld(viewer: Viewer) -> sa.CompoundSelect[int]:
    """The one line that is answered is withheld with the reply that it answers."""
    answered = aliased(OutboundText)
    of = sa.select(InboundReply.id).join(answered, InboundReply.text_id == answered.id)
    return sa.union_all(
        of.where(sa.false()),
        *(
            of.where(answered.kind == kind, answered.about_id.in_(withheld(viewer)))
            for kind, withheld in _withheld.items()
            if kind != REPLY_LINE
        ),
    )


withheld_through(REPLY_LINE, _lines_withheld)
scope.register(OutboundText, texts)
scope.register(InboundReply, replies)
scope.register(SuppressedNumber, numbers)
