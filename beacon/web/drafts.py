"""What somebody typed and could not send is kept for them alone, and comes back with its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any  # a form that was sent, and what stands in it

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from beacon.web.errors import SECRET

Fields = list[tuple[str, str]]
PLACE = "beacon_place"  # where a script says which page the words belong to
CARRIED_OUT = frozenset({302, 303})


@dataclass(frozen=True)
class Keeping:
    """Who keeps drafts: accounts, which knows whose they are. Each order is given a page's path."""

    keep: Callable[[str, Fields], bool]
    kept: Callable[[str], Fields | None]
    drop: Callable[[str], None]
    endpoint: str  # takes the words of a page whose author is still typing
    forget_endpoint: str  # throws a draft away


def keep_by(app: Flask, keeping: Keeping) -> None:
    """Give drafts to whoever keeps them."""
    app.extensions["beacon_keeping"] = keeping


def _keeping() -> Keeping | None:
    return current_app.extensions.get("beacon_keeping")


def keeps_no_draft(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view whose words are never kept, such as a search for a person."""
    view.keeps_no_draft = True  # type: ignore[attr-defined]
    return view


def address() -> str | None:
    """Where a page sends what is being typed on it."""
    keeping = _keeping()
    return url_for(keeping.endpoint) if keeping else None


def forget_address() -> str | None:
    """Where a page sends the order to throw a draft away."""
    keeping = _keeping()
    return url_for(keeping.forget_endpoint) if keeping else None


def keep_typed() -> bool:
    """Keep what was sent before its author is sent elsewhere; whether no word of it is lost.

    Called wherever a POST is interrupted: to sign in, to prove who one is, to give a reason.
    """
    if request.method != "POST":
        return True
    g.is_interrupted = True
    keeping, (path, fields) = _keeping(), sent()
    if keeping is None or not fields or not may_be_kept(path):
        return True
    return keeping.keep(path, fields)


def sent() -> tuple[str, Fields]:
    """The page that the words of this request belong to, and the words; no secret is among them."""
    keeping = _keeping()
    by_script = keeping is not None and request.endpoint == keeping.endpoint
    path = request.form.get(PLACE, "") if by_script else request.path
    fields = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name != PLACE and not SECRET.search(name)
    ]
    return path, fields if any(text.strip() for _, text in fields) else []


def may_be_kept(path: str) -> bool:
    """Whether the path is that of a page with a form, open to the signed-in, that may be kept."""
    adapter = current_app.create_url_adapter(request)
    try:
        found = {adapter.match(path, method=method)[0] for method in ("GET", "POST")}  # type: ignore[union-attr]
    except HTTPException:
        return False
    views = [current_app.view_functions[endpoint] for endpoint in found]
    return not any(
        getattr(view, "open_to_all", False) or getattr(view, "keeps_no_draft", False)
        for view in views
    )


def typed_before() -> ImmutableMultiDict[str, str] | None:
    """What this person had typed on this page, if it was kept."""
    keeping = _keeping()
    if keeping is None or request.method != "GET" or not current_user.is_authenticated:
        return None
    if "typed_before" not in g:  # a page may have several forms
        g.typed_before = keeping.kept(request.path)
    return ImmutableMultiDict(g.typed_before) if g.typed_before else None


def note_sent(form: Any) -> None:
    """Remember a form that was sent well, to see at the end whether it was also carried out."""
    g.setdefault("forms_sent", []).append(form)


def drop_carried_out(answer: Response) -> Response:
    """Once a form has been carried out, nothing of it is waiting any more."""
    keeping = _keeping()
    is_done = keeping is not None and request.method == "POST" and _is_carried_out(answer)
    if keeping and is_done and current_user.is_authenticated and may_be_kept(request.path):
        keeping.drop(request.path)
    return answer


def _is_carried_out(answer: Response) -> bool:
    """Whether the form led on to another page, or was answered without a word of refusal."""
    if g.get("is_interrupted") or g.get("is_faulty"):
        return False
    forms = g.get("forms_sent", [])
    answered = answer.status_code == 200 and forms and not any(map(_is_refused, forms))
    return answer.status_code in CARRIED_OUT or bool(answered)


def _is_refused(form: Any) -> bool:
    return any(True for _ in form.mistakes())


def init_app(app: Flask) -> None:
    """Drop each draft when its form is carried out."""
    app.after_request(drop_carried_out)
