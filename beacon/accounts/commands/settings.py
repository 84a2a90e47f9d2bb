"""Changing a setting."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import settings
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.settings import Setting


def change_setting(name: str, text: str, *, actor: Actor) -> None:
    """Change one window, cap, standard or threshold."""
    text = settings.check(name, text)
    with transaction() as session:
        row = session.scalar(sa.select(Setting).where(Setting.name == name))
        was = row.text if row else settings.KNOWN[name].default
        if row is None:
            row = Setting(name=name, text=text)
            session.add(row)
        row.text = text
        audit.record("setting.changed", ("setting", name), actor, was=was, now=text)
