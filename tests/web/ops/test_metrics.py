"""Figures for Prometheus: they must come when something is wrong above all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import timetable
from beacon.core.db import db
from beacon.ops import checks
from beacon.ops.finding import Finding


def gone(*_: Any) -> Any:
    raise sa.exc.OperationalError("SELECT 1", {}, Exception("the server is away"))


def test_figures_come_while_the_database_is_away(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.session, "execute", gone)
    monkeypatch.setattr(timetable, "last_finished", gone)
    monkeypatch.setattr(checks, "ADVISED", (lambda: Finding("mails", "fault", "cannot be read"),))
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert 'beacon_check_ok{check="database"} 0.0' in answer.text
    assert "beacon_scheduler_age_seconds" not in answer.text


def test_a_token_of_strange_letters_is_a_wrong_one(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = replace(app.config["BEACON"], metrics_token="kR7-vTq2wZp-j7Qz")
    monkeypatch.setitem(app.config, "BEACON", ours)
    assert client.get("/metrics", headers={"Authorization": "Bearer é"}).status_code == 404
