"""The addresses that other programs call, and their description, made from the same code."""

from __future__ import annotations

import json
from typing import Any  # what was read by the schemas

from flask import Flask, Response, abort, g
from flask.typing import ResponseReturnValue
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser
from werkzeug.wrappers import Request

from beacon.api import problems
from beacon.api.delivering import deliver
from beacon.api.schemas import (
    CELL,
    NAME,
    AnswerSchema,
    DeliverySchema,
    KeySchema,
    ProblemSchema,
)
from beacon.api.scope import check_scope, client_required
from beacon.web import errors
from beacon.web.guard import open_to_all
from beacon.web.security import for_machines

VERSION = "1"
PREFIX = "/api/v1"
TITLE = "Beacon: referrals"
ABOUT = (
    "Send us people who need our support. A batch comes to the same as a file of the same rows: "
    "each row is taken in whole or sent back with a reason, and a row that came before and says "
    "the same changes nothing. Write dates as YYYY-MM-DD, moments as ISO 8601 (London time where "
    "no offset is given), yes or no as yes and no, and every value as text."
)


class JsonReader(FlaskParser):
    """Reads a body as JSON; whatever cannot be read is one and the same refusal."""

    def _raw_load_json(self, req: Request) -> object:
        try:
            return json.loads(req.get_data(cache=True), parse_constant=_refuse)
        except (ValueError, RecursionError):
            abort(400)


def _refuse(constant: str) -> object:
    raise ValueError(constant)


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # the library is untyped
    """Addresses that describe themselves."""

    ARGUMENTS_PARSER = JsonReader()


class Description(Api):  # type: ignore[misc]  # the library is untyped
    """Makes the description; errors stay with the rest of Beacon's."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """None: web/errors.py answers every error, here by problems.py."""


bp = ApiBlueprint(
    "api", __name__, url_prefix=PREFIX, description="Referrals, one at a time or in batches."
)
description_of = Description(
    spec_kwargs={
        "title": TITLE,
        "version": VERSION,
        "openapi_version": "3.1.0",
        "info": {"description": ABOUT},
        "security": [{"token": []}],
    }
)


def _says_no(status: int, words: str) -> Any:  # a decorator of the library
    return bp.alt_response(
        status, schema=ProblemSchema, content_type=problems.MIMETYPE, description=words
    )


@bp.route("/referrals", methods=["POST"])
@for_machines
@client_required
@bp.arguments(KeySchema, location="headers")
@bp.arguments(DeliverySchema)
@bp.response(200, AnswerSchema, description="What became of each referral.")
@_says_no(400, "The body is not JSON.")
@_says_no(401, "No living token.")
@_says_no(403, "The token does not allow this list or this agency.")
@_says_no(409, "The key is in use.")
@_says_no(413, "More than 2 MB.")
@_says_no(415, "Not application/json.")
@_says_no(422, "Not as described here.")
@_says_no(429, "Too many calls in a minute: Retry-After says how long to wait.")
@_says_no(503, "Not available at the moment.")
def take_referrals(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, object]:
    """Send referrals of one list, one or up to 500

    Each is created, updated, unchanged or rejected, and the others do not wait for one that is
    rejected. Send the batch again with the same key where no answer came.
    """
    feed, rows = body["feed"], body["referrals"]
    check_scope(g.api_client, feed, rows)
    return deliver(g.api_client, headers["key"], feed, rows)


@bp.route("/openapi.json")
@bp.doc(security=[])
@bp.response(200, {"type": "object"}, description="This description.")
@open_to_all
def description() -> ResponseReturnValue:
    """What can be sent, and how (OpenAPI 3.1)"""
    return Response(json.dumps(description_of.spec.to_dict()), mimetype="application/json")


def init_app(app: Flask) -> None:
    """Register the addresses, describe them, and say no in their own way."""
    errors.answer_under(app, "/api/", problems.problem)
    description_of.init_app(app)
    description_of.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    description_of.register_blueprint(bp)
    row = description_of.spec.components.schemas["Referral"]
    row |= {"additionalProperties": CELL, "propertyNames": {"pattern": NAME}}
