"""Defendants: made from a list or by hand, their numbers corrected, never joined to people."""

from __future__ import annotations

from datetime import date

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.names import name_key
from beacon.core.phone import normal
from beacon.core.sealed import blind_index
from beacon.courts.commands.guard import check_number
from beacon.courts.models import Defendant
from beacon.courts.terms import TextBar


def make_defendant(
    *,
    crime_key: str,
    first_name: str,
    last_name: str,
    date_of_birth: date | None,
    urn: str = "",
    reference: str = "",
    made_by_hand: bool = False,
) -> Defendant:
    """Add a defendant to a crime. Joins the transaction of the hearing that names them."""
    defendant = Defendant(
        crime_key=crime_key,
        urn=urn,
        reference=reference,
        date_of_birth=date_of_birth,
        made_by_hand=made_by_hand,
        version=1,
    )
    write_name(defendant, first_name, last_name)
    with transaction() as session:
        session.add(defendant)
        session.flush()
    return defendant


def write_name(defendant: Defendant, first_name: str, last_name: str) -> None:
    """Write a name with the keys by which it is found."""
    defendant.first_name, defendant.last_name = first_name, last_name
    defendant.name_key = name_key(f"{first_name} {last_name}")
    defendant.surname_key = name_key(last_name)


def write_mobile(defendant: Defendant, number: str) -> None:
    """Write a number, sealed, with the index by which equal numbers are found."""
    defendant.mobile = number
    defendant.mobile_index = blind_index("phone", normal(number)) if number else None


def correct_mobile(
    defendant_id: int,
    mobile: str | None,
    *,
    do_not_text: bool,
    text_bar: TextBar | None = None,
    version: int,
    actor: Actor,
) -> None:
    """Write down the number that a person found out, or that there is none; no list undoes it.

    None leaves the number as it is. Why they are not texted counts only where they are not.
    """
    text_bar = text_bar if do_not_text else None
    with transaction() as session:
        defendant = session.get(
            Defendant, defendant_id, with_for_update=True, populate_existing=True
        )
        if defendant is None:
            raise NotFound
        if defendant.version != version:
            raise RuleBroken("Somebody else has just changed this defendant. Look again.")
        wishes = {"do_not_text": do_not_text, "text_bar": text_bar}
        fields = [name for name, wish in wishes.items() if getattr(defendant, name) is not wish]
        if mobile is not None:
            write_mobile(defendant, mobile)
            fields.append("mobile")
        if not fields:
            raise RuleBroken("Nothing is different: enter a number, or change a tick.", "mobile")
        defendant.mobile_given_at = clock.now()
        defendant.listed_mobile = ""
        defendant.do_not_text, defendant.text_bar = do_not_text, text_bar
        defendant.version += 1
        audit.record("defendant.corrected", defendant, actor, fields=fields)
        check_number(defendant, actor=actor)


def mark_wanted(defendant: Defendant, *, actor: Actor) -> None:
    """Text nobody who is wanted on a warrant, until somebody says otherwise (RULE 5.2)."""
    if not defendant.do_not_text:
        _mark(defendant, TextBar.WANTED, actor)


def unmark_wanted(defendant: Defendant, *, actor: Actor) -> None:
    """The warrant has ended: they came, or there was none."""
    if defendant.text_bar is TextBar.WANTED:
        _mark(defendant, None, actor)


def _mark(defendant: Defendant, bar: TextBar | None, actor: Actor) -> None:
    with transaction():
        defendant.do_not_text, defendant.text_bar = bar is not None, bar
        defendant.version += 1
        audit.record("defendant.corrected", defendant, actor, fields=["do_not_text", "text_bar"])
