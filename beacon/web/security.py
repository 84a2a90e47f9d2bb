"""What every answer carries, and which requests are turned away before any page sees them."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from typing import Any  # a browser may send any JSON as a report
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from beacon.web.guard import View, open_to_all

log = logging.getLogger(__name__)
csrf = CSRFProtect()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; manifest-src 'self'; report-uri /csp-report"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
SERVER = "Beacon"
SEED = "csrf_token"  # what Flask-WTF keeps in the cookie; each token is a signature of it
YEAR = 365 * 24 * 60 * 60
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FROM_HERE = frozenset({"same-origin", "none"})
# Asked over plain http by the machine itself, with nothing personal in the answer.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})

REPORT_BYTES = 8 * 1024
REPORT_KINDS = 200
DIRECTIVE = re.compile(r"[a-z-]{3,40}")


def for_machines(view: View) -> View:
    """A view that other machines call: no token, no origin; it must check a signature itself."""
    view.for_machines = True  # type: ignore[attr-defined]
    return csrf.exempt(open_to_all(view))  # type: ignore[no-any-return]


def is_for_machines() -> bool:
    """Whether the view that was asked for is one that machines call."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "for_machines", False)


def refuse_plain_http() -> ResponseReturnValue | None:
    """Outside the demonstration nothing is said without TLS (security.md H-07)."""
    if current_app.config["BEACON"].is_demo or request.is_secure or request.path in PROBES:
        return None
    if is_for_machines() or request.method not in SAFE_METHODS:
        g.is_faulty = True  # the page that says no is read on the way: it names nobody
        abort(403)
    return redirect(request.url.replace("http://", "https://", 1), 301)


def refuse_other_sites() -> None:
    """A form of another site may not act here, whatever token it holds (security.md C-03)."""
    if request.method in SAFE_METHODS or is_for_machines():
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in FROM_HERE:
        abort(403)
    # Without Sec-Fetch-Site a null origin proves nothing; with it, the browser has vouched.
    if origin is not None and origin not in our_origins() and not (origin == "null" and site):
        abort(403)
    g.is_from_here = True  # what it holds was typed by the person at the page


def let_files_in() -> None:
    """A view that takes files may be sent more than a form is, before the form is read (I-11)."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "takes_up_to", None)
    if most is not None and request.method == "POST" and current_user.is_authenticated:
        request.max_content_length = most


def renew_token_of_another() -> None:
    """A form's token is of the session that it was shown in: another's is none (C-01)."""
    if request.endpoint == "static":
        return
    g.token_owner = _owner()
    if SEED in session and session.get("csrf_owner") != g.token_owner:
        del session[SEED]


def keep_tokens() -> None:
    """The session goes on under another name: forms that are open in other tabs are still its."""
    g.token_owner = session["csrf_owner"] = _owner()


def _owner() -> str:
    """Whose the tokens of this browser are, in a short print of its session."""
    return hashlib.sha256(session.get("_user_id", "").encode()).hexdigest()[:16]


def note_token_owner(response: Response) -> Response:
    """Write beside a new token's seed whose it is."""
    owner = g.get("token_owner")
    if owner and SEED in session and session.get("csrf_owner") != owner:
        session["csrf_owner"] = owner
    return response


def our_origins() -> frozenset[str]:
    """The origins a form of ours may come from: the host asked for, and the public address."""
    public = urlsplit(current_app.config["BEACON"].public_url)
    return frozenset({request.host_url.rstrip("/"), f"{public.scheme}://{public.netloc}"})


def add_headers(response: Response) -> Response:
    """Put on every answer what a browser needs to be strict with it (security.md H-01 to H-10)."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = SERVER
    if request.is_secure and not current_app.config["BEACON"].is_demo:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    _say_who_may_keep(response)
    return response


def _say_who_may_keep(response: Response) -> None:
    """A file whose address changes with its content is kept for a year; nothing else is kept."""
    if _is_unchanging() and response.status_code in {200, 206, 304}:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")


def _is_unchanging() -> bool:
    if request.endpoint != "static":
        return False
    name = (request.view_args or {}).get("filename", "")
    stamp = current_app.extensions.get("beacon_assets", {}).get(name)
    return name.startswith("vendor/") or (stamp is not None and request.args.get("v") == stamp)


@open_to_all
def csp_report() -> ResponseReturnValue:
    """Take a browser's word that a page broke the policy, and write each kind down once."""
    told = current_app.extensions["beacon_csp_kinds"]
    request.max_content_length = REPORT_BYTES
    for kind in _kinds(request.get_data(cache=False)):
        if kind not in told and len(told) < REPORT_KINDS:
            told.add(kind)
            log.warning("a page broke the content policy", extra={"kind": " ".join(kind)})
    return "", 204


csp_report = csrf.exempt(csp_report)
csp_report.for_machines = True  # a browser reports without a token, and from a null origin


def _kinds(body: bytes) -> list[tuple[str, str]]:
    """Which directive was broken by what sort of source; addresses of pages are left out."""
    try:
        read: Any = json.loads(body)
    except (ValueError, RecursionError):
        abort(400)
    reports = read if isinstance(read, list) else [read]
    return [_kind(report) for report in reports[:10] if isinstance(report, dict)]


def _kind(report: dict[str, Any]) -> tuple[str, str]:
    said = report.get("csp-report") or report.get("body") or {}
    said = said if isinstance(said, dict) else {}
    directive = said.get("effective-directive") or said.get("effectiveDirective")
    directive = str(directive or said.get("violated-directive") or "unknown").split(" ")[0]
    source = str(said.get("blocked-uri") or said.get("blockedURL") or "unknown")
    named = directive if DIRECTIVE.fullmatch(directive) else "unreadable"
    scheme = source.partition(":")[0].lower()
    return named, scheme if DIRECTIVE.fullmatch(scheme) else "unreadable"


def init_app(app: Flask) -> None:
    """Guard every request and dress every answer."""
    app.extensions["beacon_csp_kinds"] = set()
    # The check of origins above does better: a Referer is not sent under our own policy.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(refuse_plain_http)
    app.before_request(refuse_other_sites)
    app.before_request(renew_token_of_another)
    app.before_request(let_files_in)
    csrf.init_app(app)
    app.after_request(add_headers)
    app.after_request(note_token_owner)
    app.add_url_rule("/csp-report", "csp_report", csp_report, methods=["POST"])
