"""The provider's own OpenAPI description, held against what went over the wire (openapi-core).

The description is not ours to give away: `BEACON_TWILIO_OPENAPI` names the file, where there is one
(`twilio_api_v2010.json` as the provider gives it out).
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

NAMED = "BEACON_TWILIO_OPENAPI"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def is_number_or_name(text: object) -> bool:
    """Whether the provider takes this for a number (E.164), or for the name of a sender.

    It writes `phone-number` for both: a name has up to eleven letters and digits, one a letter.
    """
    return bool(re.fullmatch(r"\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", str(text)))


class Description:
    """What the provider says of itself: as it is written, and as a machine checks by it."""

    def __init__(self, path: Path) -> None:
        self.written: dict[str, Any] = json.loads(path.read_text("utf-8"))
        self.server = self.written["servers"][0]["url"]
        # Whether the description is itself sound is its owner's care.
        self._checks = OpenAPI.from_dict(
            self.written,
            config=Config(
                spec_validator_cls=None,
                extra_format_validators={"phone-number": is_number_or_name},
                extra_format_unmarshallers={"phone-number": str},
            ),
        )

    @classmethod
    def of_this_machine(cls) -> Description | None:
        """The one that is here; none where none is named."""
        path = os.environ.get(NAMED)
        return cls(Path(path)) if path else None

    def request(self, line: dict[str, Any]) -> MockRequest:
        """One request of the wire, as if it had come to the provider."""
        where = urlsplit(line["path"])
        return MockRequest(
            self.server,
            line["method"].lower(),
            where.path,
            args=parse_qs(where.query),
            headers={"Authorization": line["authorization"]} if line["authorization"] else {},
            data=line["body"].encode(),
            content_type=line["type"] or FORM,
        )

    def faults_asked(self, line: dict[str, Any]) -> list[str]:
        """What is wrong with one request: its way, its fields, their kinds, and unknown fields."""
        asked = self._checks.unmarshal_request(self.request(line))
        if asked.errors:
            return [f"{fault} ({fault.__cause__})" for fault in asked.errors]
        sent = {name for name, _ in parse_qsl(line["body"], keep_blank_values=True)}
        sent |= {name for name, _ in parse_qsl(urlsplit(line["path"]).query)}
        known = {*(asked.body or {}), *asked.parameters.query}
        return [f"it knows no field {name}" for name in sorted(sent - known)]

    def faults_answered(self, line: dict[str, Any]) -> list[str]:
        """What is wrong with the answer that one request got."""
        answer = MockResponse(
            line["answer"].encode(), status_code=line["status"], content_type=JSON
        )
        try:
            self._checks.validate_response(self.request(line), answer)
        except OpenAPIError as fault:
            return [f"{fault} ({fault.__cause__})"]
        return []
