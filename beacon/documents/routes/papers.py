"""The documents of a case: the list, one of them, its file; added, changed, removed."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import roles, together
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.core.together import Asking, asking
from beacon.documents import commands, queries
from beacon.documents.forms import AddForm, ChangeForm, RemoveForm
from beacon.documents.models import Document
from beacon.documents.routes.ground import (
    READ,
    WORK,
    bp,
    carried_out,
    form_page,
    the_case,
    to_documents,
)
from beacon.documents.rules import MAX_MEGABYTES, name_to_save
from beacon.documents.terms import DocumentPermission, DocumentState
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required, takes_up_to
from beacon.web.versions import VersionedForm

# A file that is too large is refused on its own page, beside what was typed, up to here.
LARGEST = 3 * MAX_MEGABYTES * 1024 * 1024
WORDS = ("people.name", "document.title", "document.about")


@bp.route("/<string:reference>/documents")
@permission_required(READ)
def index(reference: str) -> ResponseReturnValue:
    """The documents and the letters of a case."""
    actor, case = current_user.actor, the_case(reference)
    audit.keep_pace(actor, Pace.CASES)
    documents, letters = queries.documents_of(actor, case), queries.letters_of(actor, case)
    audit.shown(actor, "case_file", [case.id], WORDS, action="document.listed")
    return render_template(
        "documents/index.html",
        case=case,
        documents=documents,
        letters=letters,
        may_work=case.is_open and roles.may(actor.roles, WORK),
    )


@bp.route("/<string:reference>/documents/add", methods=["GET", "POST"])
@permission_required(WORK)
@takes_up_to(LARGEST)
def add(reference: str) -> ResponseReturnValue:
    """Keep a file with the case; where it is refused, what was typed stays in the boxes."""
    case, form = the_case(reference), AddForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add(case, form.given(), form.file_given(), actor=current_user.actor),
        VersionedForm,
    ):
        flash("The document is kept.")
        return to_documents(case)
    return form_page(
        "documents/add.html", case, form, may_sensitive=_may_sensitive(), most=MAX_MEGABYTES
    )


@bp.route("/<string:reference>/documents/<int:document_id>", methods=["GET", "POST"])
@permission_required(READ)
def show(reference: str, document_id: int) -> ResponseReturnValue:
    """One document: what is known of it, the way to its file, and what is said of it changed."""
    actor, case = current_user.actor, the_case(reference)
    document = cases.row_of(actor, case, Document, document_id)
    form = ChangeForm.of(document)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change(document, form.given(), version=form.read_version, actor=actor),
        lambda: ChangeForm.of(document, formdata=None),
    ):
        flash("It is saved.")
        return redirect(
            url_for("documents.show", reference=case.reference, document_id=document.id)
        )
    audit.shown(actor, "document", [document.id], WORDS)
    return form_page(
        "documents/show.html",
        case,
        form,
        document=document,
        may_work=case.is_open and document.state.is_there and roles.may(actor.roles, WORK),
        may_sensitive=_may_sensitive(),
    )


@bp.route("/<string:reference>/documents/<int:document_id>/file")
@permission_required(READ)
def file(reference: str, document_id: int) -> ResponseReturnValue:
    """The file of a document, to be saved; it opens in no page of ours (security.md H-09)."""
    actor, case = current_user.actor, the_case(reference)
    document = cases.row_of(actor, case, Document, document_id)
    audit.keep_pace(actor, Pace.CASES)
    try:
        content = queries.content_of(actor, document)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
        return to_documents(case)
    audit.shown(actor, "document", [document.id], ("document.file",), action="document.opened")
    name = name_to_save(case.reference, document.number, document.file_type.value)
    return attachment(content, name)


@bp.route("/<string:reference>/documents/<int:document_id>/remove", methods=["GET", "POST"])
@permission_required(WORK)
def remove(reference: str, document_id: int) -> ResponseReturnValue:
    """Take a document away for good, and say why."""
    actor, case = current_user.actor, the_case(reference)
    document = cases.row_of(actor, case, Document, document_id)
    form = RemoveForm(version=str(document.version))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.remove(
            document, reason=form.reason.data or "", version=form.read_version, actor=actor
        ),
        VersionedForm,
    ):
        flash("The document is removed.")
        return to_documents(case)
    form.version.typed = str(document.version)
    audit.shown(actor, "document", [document.id], WORDS)
    return form_page("documents/remove.html", case, form, document=document)


@asking
def panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The documents and letters on the page of the case; a mere reader opens none of them."""
    if actor.is_reading:
        return None
    papers, letters = yield from together.at_once(
        queries.documents_of.ask(actor, case), queries.letters_of.ask(actor, case)
    )
    documents = [one for one in papers if one.state.is_there]
    return render_template(
        "documents/panel.html",
        case=case,
        documents=documents,
        waiting=[one for one in documents if one.state is DocumentState.WAITING],
        letters=[one for one in letters if one.is_draft or one.held_because],
        may_work=case.is_open and roles.may(actor.roles, WORK),
        may_print=roles.may(actor.roles, DocumentPermission.PRINT),
    )


def _may_sensitive() -> bool:
    return roles.may(current_user.actor.roles, DocumentPermission.SENSITIVE)
