"""Calls made up from the API's own description, fitting and unfitting: none falls over.

The long run, over the wire, is left to `make prove PART=ways-in`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

FEW = settings(
    max_examples=15,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(300)
@pytest.mark.proves("I-07", "I-10")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_call_falls_over(
    app: Flask, token_of: Callable[..., str], mode: GenerationMode, capsys: pytest.CaptureFixture
):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    bearer = {"Authorization": f"Bearer {token_of(rate=600)}"}
    calls: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case: schemathesis.Case) -> None:
            answer = case.call_and_validate(headers=bearer)
            calls[answer.status_code] += 1

        call()
    print(f"{mode.value}: {sum(calls.values())} calls, answered {dict(sorted(calls.items()))}")
    assert not any(status >= 500 for status in calls)
    assert calls
