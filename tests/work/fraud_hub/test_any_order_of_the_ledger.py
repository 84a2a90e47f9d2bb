"""Any order of entries, approvals, reversals, appeals and closes: the totals are the sum."""

from __future__ import annotations

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import servers
from tests.work.fraud_hub.ledger_machine import LedgerMachine

EXAMPLES, STEPS = 5, 14


def test_any_order_of_orders_leaves_the_totals_the_sum_of_the_entries(app: Flask):
    entries = 0

    class Machine(LedgerMachine):
        def __init__(self) -> None:
            servers.fresh_copy(app)
            super().__init__()

        def teardown(self) -> None:
            nonlocal entries
            entries += len(self.rows)
            super().teardown()

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert entries > 0  # the sums were of something
