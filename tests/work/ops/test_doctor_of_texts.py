"""The doctor says why no text leaves: "real" alone would be taken for "sent"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from beacon.notify import readiness
from beacon.ops import checks


@pytest.mark.parametrize("why", ["", "The account is not in BEACON_TWILIO_LIVE_SIDS."])
def test_the_doctor_tells_why_real_texts_stand_still(
    app: Flask, monkeypatch: pytest.MonkeyPatch, why: str
):
    real = replace(app.config["BEACON"], texts="twilio")
    monkeypatch.setitem(app.config, "BEACON", real)
    monkeypatch.setattr(readiness, "why_stopped", lambda: why)
    found = checks.texts()
    assert found.state == ("warning" if why else "ok")
    assert found.words == (f"real, but none is sent: {why}" if why else "real")
