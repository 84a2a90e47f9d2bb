"""Duties, hearings, referrals to partners, needs and what victims said at closing, of a period."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile, Crime, Need, NeedsAssessment
from beacon.cases.terms import NeedCategory, Stage
from beacon.core import scope
from beacon.courts.models import Defendant, Hearing, HearingText
from beacon.courts.rules import end_of
from beacon.courts.terms import KIND, ON_THE_LIST, Attendance
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import RIGHTS, DutyState
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import Outcome as Ended
from beacon.partners.terms import ReferralState
from beacon.plans.models import Closing, ClosingAnswer
from beacon.plans.terms import CopeAndRecover
from beacon.reports.queries.outcomes.families import Asked, Family, Select, labelled, plain
from beacon.reports.rules.figures import BECAME, Group
from beacon.reports.terms import Attended, Moved, Outcome, SentOn, Subject


def _duties(asked: Asked) -> Select:
    past = sa.and_(Duty.state == DutyState.OPEN, Duty.due_on < asked.today)
    became = sa.case(
        (past, Outcome.MISSED.value),
        *((Duty.state == state, outcome.value) for state, outcome in BECAME.items()),
        else_=Outcome.OPEN.value,
    )
    right = sa.cast(sa.func.coalesce(Duty.right, 0), sa.String).label("right")
    return (
        sa.select(*labelled(Duty.id, Duty.case_id, Duty.due_on, became, right))
        .select_from(Duty)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .where(
            Duty.due_on.between(asked.period.first, asked.period.last),
            Duty.code != STANDARD,
            scope.condition(asked.viewer, CaseFile),
        )
    )


def _hearings(asked: Asked) -> Select:
    """Each person, court and day once, as the attendance page counts them (RULE 5.1)."""
    linked = sa.and_(HearingText.hearing_id == Hearing.id, HearingText.held_on == Hearing.held_on)
    about = sa.func.coalesce(HearingText.about_id, Hearing.id)
    spoken = sa.and_(
        OutboundText.kind == KIND,
        OutboundText.about_id == Hearing.id,
        OutboundText.on_day == Hearing.held_on,
    )
    attended = sa.case(
        (Hearing.outcome.is_(None), Attended.NOT_RECORDED.value),
        (Hearing.attendance == Attendance.ATTENDED, Attended.CAME.value),
        (Hearing.attendance == Attendance.DID_NOT_ATTEND, Attended.STAYED_AWAY.value),
        else_=Attended.LEFT_OUT.value,
    )
    text = (
        sa.func.coalesce(sa.cast(OutboundText.state, sa.String), "")
        + "|"
        + sa.func.coalesce(OutboundText.reason, "")
    ).label("text")
    return (
        sa.select(*labelled(Hearing.id, _a_case(asked), Hearing.held_on, attended, text))
        .select_from(Hearing)
        .outerjoin(HearingText, linked)
        .outerjoin(OutboundText, spoken)
        .where(
            scope.condition(asked.viewer, Hearing),
            Hearing.held_on.between(asked.period.first, asked.period.last),
            Hearing.status.in_(ON_THE_LIST),
            about == Hearing.id,
        )
    )


def _a_case(asked: Asked) -> sa.ScalarSelect[int]:
    """The first case of the crime that the viewer may open."""
    return (
        sa.select(sa.func.min(CaseFile.id))
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Defendant, Defendant.crime_key == Crime.reference_key)
        .where(Defendant.id == Hearing.defendant_id, scope.condition(asked.viewer, CaseFile))
        .correlate(Hearing)
        .scalar_subquery()
    )


def _partners(asked: Asked) -> Select:
    helped = (Ended.HELPED, Ended.PARTLY)
    state = PartnerReferral.state
    became = sa.case(
        (PartnerReferral.outcome.in_(helped), SentOn.HELPED.value),
        (state == ReferralState.FINISHED, SentOn.ENDED.value),
        (
            state.in_((ReferralState.ACCEPTED, ReferralState.IN_PROGRESS)),
            SentOn.UNDER_WAY.value,
        ),
        (state == ReferralState.DECLINED, SentOn.DECLINED.value),
        (state.in_((ReferralState.REVOKED, ReferralState.EXPIRED)), SentOn.STOPPED.value),
        else_=SentOn.WAITING.value,
    )
    sent_at = PartnerReferral.sent_at
    agency = PartnerReferral.agency.label("agency")
    return (
        sa.select(*labelled(PartnerReferral.id, PartnerReferral.case_id, sent_at, became, agency))
        .select_from(PartnerReferral)
        .join(CaseFile, CaseFile.id == PartnerReferral.case_id)
        .where(asked.within(sent_at), scope.condition(asked.viewer, CaseFile))
    )


def _needs(asked: Asked) -> Select:
    """The needs that were scored at the start and at the closing (RULE 2.1)."""
    began, ended = aliased(Need), aliased(Need)
    first = (
        sa.select(NeedsAssessment.id)
        .where(NeedsAssessment.case_id == Closing.case_id, NeedsAssessment.stage == Stage.START)
        .order_by(NeedsAssessment.assessed_at, NeedsAssessment.id)
        .limit(1)
        .correlate(Closing)
        .scalar_subquery()
    )
    moved = sa.case(
        (began.score > ended.score, Moved.BETTER.value),
        (began.score < ended.score, Moved.WORSE.value),
        else_=Moved.SAME.value,
    )
    points = began.score - ended.score
    category = sa.cast(ended.category, sa.String).label("category")
    row = labelled(ended.id, Closing.case_id, Closing.closed_at, moved, category, points=points)
    return (
        sa.select(*row)
        .select_from(Closing)
        .join(CaseFile, CaseFile.id == Closing.case_id)
        .join(ended, ended.assessment_id == Closing.assessment_id)
        .join(
            began,
            sa.and_(began.assessment_id == first, began.category == ended.category),
        )
        .where(
            asked.within(Closing.closed_at),
            scope.condition(asked.viewer, CaseFile),
            began.score.is_not(None),
            ended.score.is_not(None),
            first != Closing.assessment_id,
        )
    )


def _cope(asked: Asked) -> Select:
    outcome = sa.cast(ClosingAnswer.outcome, sa.String).label("outcome")
    said = ClosingAnswer.answer
    return (
        sa.select(*labelled(ClosingAnswer.id, Closing.case_id, Closing.closed_at, said, outcome))
        .select_from(Closing)
        .join(ClosingAnswer, ClosingAnswer.closing_id == Closing.id)
        .join(CaseFile, CaseFile.id == Closing.case_id)
        .where(asked.within(Closing.closed_at), scope.condition(asked.viewer, CaseFile))
    )


def _text(word: str) -> Group:
    state, _, reason = word.partition("|")
    return "", end_of(TextState(state) if state else None, reason).label


def right_name(number: str) -> Group:
    """A Right as its row says it; the clocks outside the Code have none."""
    known = next((one for one in RIGHTS if str(one.number) == number), None)
    return "", f"Right {number}: {known.name}" if known else OUTSIDE


OUTSIDE = "Clocks beside the Code"
CODE = Family(subject=Subject.CODE, select=_duties, cuts={"right": right_name})
HEARINGS = Family(subject=Subject.HEARINGS, select=_hearings, cuts={"text": _text})
PARTNERS = Family(subject=Subject.PARTNERS, select=_partners, cuts={"agency": plain})
NEEDS = Family(
    subject=Subject.NEEDS,
    select=_needs,
    cuts={"category": lambda word: ("", NeedCategory(word).label)},
    has_points=True,
)
COPE = Family(
    subject=Subject.COPE,
    select=_cope,
    cuts={"outcome": lambda word: ("", CopeAndRecover(word).label)},
)
