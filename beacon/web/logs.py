"""Lines for the people who run Beacon: what happened and how long it took, never to whom."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from typing import Any  # structlog's events hold whatever was logged

import structlog
from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger(__name__)

# The second wall: a telephone number or an e-mail address that slipped into a line is put out.
PHONE = re.compile(r"(?<![\w-])(?:\+44|0044|0)(?:[\s().-]?\d){9,10}(?![\w-])")
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
# SQLAlchemy prints the values of a statement that failed, from here to there.
VALUES, VALUES_END = "[parameters: ", re.compile(r"\](?=\s{0,9}(?:\n|\(Background|\Z))")
# PostgreSQL prints the row that broke a constraint.
ROW = re.compile(r"^DETAIL: .*$", re.MULTILINE)
QUIET = ("alembic", "werkzeug", "apscheduler", "urllib3", "twilio.http_client")


def without_personal_data(text: str) -> str:
    """The text with numbers, addresses and statement values put out."""
    text = _without_values(text)
    text = ROW.sub("DETAIL: put out", text)
    return PHONE.sub("[number]", EMAIL.sub("[e-mail]", text))


def _without_values(text: str) -> str:
    """The text without the values of statements; where no end is found, without all the rest."""
    kept, at = [], 0
    while (start := text.find(VALUES, at)) >= 0:
        end = VALUES_END.search(text, start)
        kept += [text[at:start], "[parameters: put out]"]
        at = end.end() if end else len(text)
    return "".join((*kept, text[at:]))


def put_out(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Put out personal data in every text of a line."""
    return {
        key: without_personal_data(value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def configure(kind: str) -> None:
    """Write every log line, ours and the libraries', to stderr: `json`, or `console` for a desk."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        put_out,
    ]
    last: Any = (
        structlog.processors.JSONRenderer()
        if kind == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def request_id() -> str:
    """The reference of this request, which a person can read out and a log can be searched for."""
    if not has_request_context():
        return "none"
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def begin() -> None:
    """Give every line of this request its reference."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id())
    g.started = time.perf_counter()


def end(response: Response) -> Response:
    """One line for each request: which address rule, not which address."""
    if request.endpoint != "static":
        log.info(
            "request",
            extra={
                "method": request.method,
                "rule": request.url_rule.rule if request.url_rule else "none",
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000),
            },
        )
    response.headers["X-Request-Id"] = request_id()
    return response


def init_app(app: Flask) -> None:
    """Begin logging, and tie the lines of one request together."""
    configure(app.config["BEACON"].log)
    app.before_request(begin)
    app.after_request(end)
