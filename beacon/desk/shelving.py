"""Which lists of the features stand before whom: what waits for a word, and what is at hand."""

from __future__ import annotations

from beacon.calls import queries as calls
from beacon.calls.terms import CallPermission
from beacon.caseloads.queries import gathered as caseloads
from beacon.caseloads.terms import CaseloadPermission
from beacon.cases.queries import gathered as cases
from beacon.cases.terms import CasePermission
from beacon.courts.queries import gathered as courts
from beacon.courts.terms import CourtPermission
from beacon.plans.queries import gathered as plans
from beacon.plans.terms import PlanPermission
from beacon.restorative.queries import gathered as restorative
from beacon.restorative.terms import RestorativePermission
from beacon.web.shelves import Kind, Shelf, add

AT_HAND = (
    Shelf(
        key="messages",
        name="Messages of callers",
        kind=Kind.AT_HAND,
        order=10,
        permission=CallPermission.TAKE,
        query=calls.messages_waiting,
        line=calls.message_line,
    ),
    Shelf(
        key="new-cases",
        name="New cases of yours",
        kind=Kind.AT_HAND,
        order=20,
        permission=CasePermission.WORK,
        query=cases.new_cases_own,
        line=cases.new_case_line,
    ),
    Shelf(
        key="hearings",
        name="Hearings in the next seven days",
        kind=Kind.AT_HAND,
        order=30,
        permission=CourtPermission.READ,
        query=courts.hearings_of_week,
        line=courts.hearing_line,
    ),
    Shelf(
        key="answers",
        name="Answers that have come",
        kind=Kind.AT_HAND,
        order=40,
        permission=CasePermission.WORK,
        query=cases.answers_come,
        line=cases.answer_line,
    ),
    Shelf(
        key="safe-contact",
        name="Safe contact to ask about again",
        kind=Kind.AT_HAND,
        order=50,
        permission=CasePermission.WORK,
        query=cases.safe_contact_due,
        line=cases.safe_contact_line,
    ),
    Shelf(
        key="restorative",
        name="Restorative justice to explain",
        kind=Kind.AT_HAND,
        order=60,
        permission=RestorativePermission.WORK,
        query=restorative.to_explain_own,
        line=restorative.explain_line,
    ),
    Shelf(
        key="disposal-views",
        name="Views on disposals to ask for",
        kind=Kind.AT_HAND,
        order=70,
        permission=RestorativePermission.WORK,
        query=restorative.views_own,
        line=restorative.view_line,
    ),
)
WAITING = (
    Shelf(
        key="handed-over",
        name="Cases handed to you",
        kind=Kind.WAITING,
        order=110,
        permission=CaseloadPermission.OWN,
        query=caseloads.handed_to_own,
        line=caseloads.handed_line,
    ),
    Shelf(
        key="declined",
        name="Hand-overs that were declined",
        kind=Kind.WAITING,
        order=120,
        permission=CaseloadPermission.LEAD,
        query=caseloads.declined_hand_overs,
        line=caseloads.declined_line,
    ),
    Shelf(
        key="plans",
        name="Plans to approve",
        kind=Kind.WAITING,
        order=130,
        permission=PlanPermission.APPROVE,
        query=plans.plans_submitted,
        line=plans.plan_line,
    ),
    Shelf(
        key="categories",
        name="Categories to confirm",
        kind=Kind.WAITING,
        order=150,
        permission=CasePermission.TRIAGE,
        query=cases.categories_to_confirm,
        line=cases.category_line,
    ),
    Shelf(
        key="milestones",
        name="What the police feed says has happened",
        kind=Kind.WAITING,
        order=160,
        permission=CasePermission.WORK,
        query=cases.proposed_milestones,
        line=cases.milestone_line,
    ),
    Shelf(
        key="changes",
        name="Facts that a feed gives otherwise",
        kind=Kind.WAITING,
        order=170,
        permission=CasePermission.WORK,
        query=cases.proposed_changes,
        line=cases.change_line,
    ),
    Shelf(
        key="supervision",
        name="Reviews of your work to read",
        kind=Kind.WAITING,
        order=180,
        permission=CaseloadPermission.OWN,
        query=caseloads.reviews_unread,
        line=caseloads.review_line,
    ),
)


def put_up() -> None:
    """Put every list in its place, at start."""
    for shelf in (*AT_HAND, *WAITING):
        add(shelf)
