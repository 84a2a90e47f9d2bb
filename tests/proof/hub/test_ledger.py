"""The ledger in many more orders than the suite has time for, on both databases."""

from __future__ import annotations

import os

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import servers
from tests.work.fraud_hub.ledger_machine import LedgerMachine

EXAMPLES, STEPS = int(os.environ.get("ORDERS") or 60), 40


def test_any_order_of_the_ledger(app: Flask):
    steps = 0

    class Machine(LedgerMachine):
        def __init__(self) -> None:
            servers.fresh_copy(app)
            super().__init__()

        def teardown(self) -> None:
            nonlocal steps
            steps += len(self.rows)
            super().teardown()

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"{EXAMPLES} orders of up to {STEPS} steps, {steps} entries in all")
    assert steps > 0
