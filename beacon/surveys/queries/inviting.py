"""Whether one person may be asked at this moment, by which way, and into which groups they fall."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Team
from beacon.cases import hushing
from beacon.cases.models import CaseFile
from beacon.core import clock, scope, settings, together
from beacon.core.actor import machine
from beacon.core.db import db
from beacon.core.phone import Phone
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.notices import queries as notices
from beacon.notices.terms import HeldBecause, NoticeKind
from beacon.notify.post import post
from beacon.people import queries as people
from beacon.people.terms import Agreed, Purpose
from beacon.surveys import rules
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.standards import ADDRESS, NUMBER
from beacon.surveys.terms import Dimension, RefusedBecause, Way

ASKS = machine("surveys")
NO_TEAM = "No team"


def chosen_way(case: CaseFile) -> Way | RefusedBecause | HeldBecause:
    """The way by which this victim may be asked now, or why not.

    It is the gate of everything that is written to victims (notices), with three doors before it:
    a consent of its own, no high risk, and never an erased case.
    """
    stands = people.consent_to(case.victim, Purpose.SURVEY)
    return rules.chosen(
        rules.Asked(
            is_erased=case.erased_at is not None,
            agrees=stands.holds,
            said_no=stands.answer in {Agreed.REFUSED, Agreed.WITHDRAWN},
            high_risk=hushing.is_hushed(case.id),
            safe_way=notices.way_for(
                case.victim, NoticeKind.ACKNOWLEDGED, is_careful=case.domestic_abuse
            ),
            by_number=settings.is_on(NUMBER) and post().config.two_way,
            has_address=rules.is_fit(settings.value(ADDRESS)),
        )
    )


def mobile_of(case: CaseFile) -> Phone | None:
    """The number that is safe to text."""
    return notices.safe_mobile(case.victim)


def email_of(case: CaseFile) -> str:
    """The e-mail address that is safe to write to."""
    return notices.safe_email(case.victim)


def groups_of(case: CaseFile) -> dict[Dimension, str]:
    """Into which groups of the figures this victim falls today."""
    team = None
    if case.team_id is not None:
        team = db.session.scalar(sa.select(Team.name).where(Team.id == case.team_id))
    return {
        Dimension.DISTRICT: case.crime.district.strip() or rules.NOT_RECORDED,
        Dimension.CRIME: rules.group_of_crime(case.crime.kind, domestic_abuse=case.domestic_abuse),
        Dimension.CATEGORY: "Enhanced" if case.enhanced else "Standard",
        Dimension.AGE: rules.group_of_age(case.victim.date_of_birth, clock.today()),
        Dimension.TEAM: team or NO_TEAM,
    }


@asking
def invitations_of(viewer: Viewer, case: CaseFile) -> Asking[list[SurveyInvitation]]:
    """Each time that the victim of this case was to be asked, the newest first."""
    query = scope.visible(viewer, SurveyInvitation).where(SurveyInvitation.case_id == case.id)
    found = yield from together.scalars(query.order_by(SurveyInvitation.id.desc()))
    return found


def reason_in_words(because: str) -> tuple[str, str]:
    """Why somebody was not asked, and what a person does about it; empty where they were."""
    for words in (RefusedBecause, HeldBecause):
        if because in set(words):
            reason = words(because)
            return str(reason.label), str(reason.advice)
    return "", ""
