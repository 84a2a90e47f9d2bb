"""What a program sends and is answered: read by these shapes, and described from them."""

from __future__ import annotations

import re
from typing import Any  # what a program sends is not known before it is read

from marshmallow import (
    EXCLUDE,
    INCLUDE,
    Schema,
    ValidationError,
    fields,
    validate,
    validates_schema,
)

from beacon.feeds.limits import MAX_CELL
from beacon.feeds.specs import Column
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import OUTCOMES

AT_MOST = 500
# No NUL: no database keeps it.
TEXT = r"^[^\u0000]*$"
KEY = r"^[A-Za-z0-9._~-]{8,128}$"
CELL_RULES = (
    validate.Length(max=MAX_CELL),
    validate.Regexp(re.compile(r"[^\x00]*\Z"), error="It holds a NUL."),
)
# What a column of the program's own may be called.
NAME = r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,79}$"
CELL: dict[str, object] = {
    "type": ["string", "null"],
    "maxLength": MAX_CELL,
    "pattern": TEXT,
}


def is_text(value: object) -> bool:
    """Whether something can be a cell: text that can be written down, or nothing."""
    if value is None:
        return True
    if not isinstance(value, str) or len(value) > MAX_CELL or "\x00" in value:
        return False
    return not any("\ud800" <= mark <= "\udfff" for mark in value)


class CellField(fields.String):
    """One cell, as it would stand in a file: text, or null where it is not known."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not is_text(value):
            raise ValidationError("Send text of at most 32,767 characters, or null.")
        return str(super()._deserialize(value, attr, data, **kwargs))


class _Row(Schema):
    """One referral: the columns of its list by name. Other names are kept with the row."""

    class Meta:
        """Other names are let in."""

        unknown = INCLUDE

    @validates_schema(pass_original=True)
    def check_others(self, data: Any, original: Any, **kwargs: Any) -> None:
        """What stands under other names is text as well."""
        wrong = {
            name: ["Send text, or null."] for name, value in original.items() if not is_text(value)
        }
        strange = [name for name in original if not re.fullmatch(NAME.strip("^$"), name)]
        if wrong or strange:
            raise ValidationError(wrong or "Name each column with letters, digits and spaces.")


def _told(name: str) -> str:
    """What a column holds, and in which lists it is known."""
    held = {feed: spec.by_name[name] for feed, spec in FEEDS.items() if name in spec.by_name}
    lists = ", ".join(f"{feed} (required)" if c.required else feed for feed, c in held.items())
    return f"{_kind(next(iter(held.values())))}. Lists: {lists}."


def _kind(column: Column) -> str:
    if column.words:
        return f"{column.kind.label}: {', '.join(column.words.values())}"
    return column.kind.label


COLUMNS = tuple(dict.fromkeys(c.name for spec in FEEDS.values() for c in spec.columns))
RowSchema = _Row.from_dict(
    {
        name: CellField(
            allow_none=True,
            validate=CELL_RULES,
            metadata={"description": _told(name), "pattern": TEXT},
        )
        for name in COLUMNS
    },
    name="Referral",
)


class DeliverySchema(Schema):
    """A batch of referrals of one list."""

    feed = fields.String(
        required=True,
        validate=validate.OneOf(sorted(FEEDS)),
        metadata={"description": "Whose list the referrals are of."},
    )
    referrals = fields.List(
        fields.Nested(RowSchema),
        required=True,
        validate=validate.Length(min=1, max=AT_MOST),
        metadata={"description": f"One referral, or up to {AT_MOST} in the order of the list."},
    )


class KeySchema(Schema):
    """The key by which a call is known again."""

    class Meta:
        """A call has other headers."""

        unknown = EXCLUDE

    key = fields.String(
        required=True,
        data_key="Idempotency-Key",
        validate=validate.Regexp(KEY),
        metadata={
            "description": "A random key of the batch, such as a UUID. Sent again with the same "
            "key within a day, the same batch is taken in once and answered alike."
        },
    )


class RowAnswerSchema(Schema):
    """What became of one referral."""

    number = fields.Integer(
        required=True, metadata={"description": "Its place in the batch, from 1."}
    )
    outcome = fields.String(required=True, validate=validate.OneOf([*OUTCOMES, "rejected"]))
    reason = fields.String(metadata={"description": "Why it was rejected: put it right, send it."})
    warnings = fields.List(fields.String())


class AnswerSchema(Schema):
    """What became of a batch. Whether a person was known to us before is not said."""

    feed = fields.String(required=True)
    batch = fields.Integer(required=True, metadata={"description": "Our number of the batch."})
    read = fields.Integer(required=True)
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    referrals = fields.List(fields.Nested(RowAnswerSchema), required=True)


class WrongSchema(Schema):
    """One thing that is wrong with a call."""

    place = fields.String(required=True, metadata={"description": "Such as referrals.0.mobile"})
    words = fields.String(required=True)


class ProblemSchema(Schema):
    """Why a call was turned away (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    reference = fields.String(metadata={"description": "Name it when you ask us about the call."})
    errors = fields.List(fields.Nested(WrongSchema))
