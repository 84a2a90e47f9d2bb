"""The list of cases, and one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import marks, panels, queries
from beacon.cases.forms import CaseFilter, HistoryFilter, ProposalForm
from beacon.cases.queries import CaseList, CasePage, HistoryAsked, Whose
from beacon.cases.routes.ground import PERSON, bp
from beacon.cases.terms import ASKED, CasePermission
from beacon.core import clock, scope, together
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.entitlements.terms import EntitlementPermission
from beacon.people import queries as people
from beacon.people.terms import PeoplePermission
from beacon.web import cursors
from beacon.web.guard import permission_required


@bp.route("/")
@permission_required(CasePermission.READ)
def index() -> ResponseReturnValue:
    """The cases a person may see, their own first to hand."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    offered = whose_for(actor)
    form = CaseFilter(offered)
    if not form.asked_well() or form.whose.data is None:
        form.whose.data = offered[0]
    asked = CaseList(
        viewer=actor,
        whose=form.whose.data,
        status=None if form.status.errors else form.status.data,
        late=bool(form.late.data),
        first_contact=bool(form.first_contact.data),
    )
    page = asked.page(cursors.asked_for())
    audit.shown(
        actor, "case_file", [row.id for row in page], ("people.name",), action="case.listed"
    )
    return render_template(
        "cases/index.html",
        form=form,
        page=page,
        marks=marks.of(actor, [row.id for row in page]),
        asked=asked,
        today=clock.today(),
        is_narrowed=bool(request.args),
        may_assign=current_user.may(CasePermission.ASSIGN),
    )


def whose_for(actor: Actor) -> list[Whose]:
    """The parts of the list that mean something to this person, the one shown first in front."""
    offered = []
    if actor.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER):
        offered.append(Whose.MINE)
    if actor.team_id is not None and actor.has(Role.CASE_MANAGER, Role.TEAM_LEADER):
        offered.append(Whose.TEAM)
    if actor.has(Role.TEAM_LEADER):
        offered.append(Whose.MINE)
    if actor.has(Role.TEAM_LEADER, Role.INTAKE_OFFICER):
        offered += [Whose.UNASSIGNED, Whose.ENHANCED_UNASSIGNED, Whose.TO_CONFIRM]
    is_intake_only = actor.roles == {Role.INTAKE_OFFICER}
    return list(dict.fromkeys([Whose.ALL, *offered] if is_intake_only else [*offered, Whose.ALL]))


@bp.route("/<string:reference>")
@permission_required(CasePermission.READ)
def show(reference: str) -> ResponseReturnValue:
    """One case: how to reach the victim safely, what to tell them, and what has happened."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    opened = queries.open_to(current_user.actor, reference)
    case, actor = opened.case, opened.viewer
    history, asked = _asked_of_history()
    page, card, added, marked, both = together.ask(
        queries.page_of.ask(opened, asked),
        people.contact_card.ask(actor, case.victim),
        panels.of.ask(case, actor),
        marks.of.ask(actor, [case.id]),
        queries.told_together.ask(current_user.actor, case),
    )
    audit.shown(actor, "case_file", [case.id], _fields(actor, added), action="case.shown")
    return render_template(
        "cases/show.html",
        page=page,
        case=case,
        history=history,
        contacts_at_most=queries.CONTACTS_AT_MOST,
        card=card,
        ways=queries.ways_to(card),
        marks=marked.get(case.id, []),
        panels=added,
        recorders=panels.recorders(actor),
        closing=panels.closed_by(),
        proposals=_proposals(page, actor),
        names=page.names,
        asked_of=ASKED,
        together=both,
        needs=queries.need_lines(page.assessments),
        may=May.nothing() if page.opened.is_only_read else May.by(current_user.may),
        may_see_needs=scope.may_see(actor, "cases.needs"),
        may_see_money=scope.may_see(actor, "fraud.money"),
        today=clock.today(),
    )


@dataclass(frozen=True)
class May:
    """What the person may do on the page of a case."""

    triage: bool
    contact: bool
    work: bool
    assign: bool
    record: bool
    reach: bool
    restrict: bool

    @classmethod
    def nothing(cls) -> May:
        """What is only open to be read."""
        return cls.by(lambda permission: False)

    @classmethod
    def by(cls, may: Callable[[StrEnum], bool]) -> May:
        """Asked of each permission in turn."""
        return cls(
            triage=may(CasePermission.TRIAGE),
            contact=may(CasePermission.CONTACT),
            work=may(CasePermission.WORK),
            assign=may(CasePermission.ASSIGN),
            record=may(EntitlementPermission.RECORD),
            reach=may(PeoplePermission.EDIT),
            restrict=may(CasePermission.RESTRICT),
        )


def _asked_of_history() -> tuple[HistoryFilter, HistoryAsked]:
    """Which part of a long history is to be seen; what is none of our kinds narrows nothing."""
    form = HistoryFilter()
    kinds = form.kind.data if form.asked_well() else None
    return form, HistoryAsked(
        kinds=frozenset(kinds or ()),
        cursor=cursors.asked_for(),
        all_contacts=request.args.get("contacts") == "all",
    )


def _fields(actor: Actor, added: list[panels.Shown]) -> tuple[str, ...]:
    """The groups of fields on the page, for the log."""
    seen = (*PERSON, "people.around", "cases.officer", "cases.notes")
    needs = ("cases.needs",) if scope.may_see(actor, "cases.needs") else ()
    return (*seen, *needs, *(field for one in added for field in one.panel.fields))


def _proposals(
    page: CasePage, actor: Actor
) -> list[tuple[object, ProposalForm | None, panels.Recorder | None]]:
    """What the police feed proposes, each with its own box for the moment, or its own page."""
    found: list[tuple[object, ProposalForm | None, panels.Recorder | None]] = []
    for one in page.proposals:
        kind = one.status.milestone
        recorder = panels.recorder_of(kind) if kind else None
        form = None if recorder else ProposalForm.of(one.id)
        found.append((one, form, recorder))
    return found
