"""Settings that a test changes for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from beacon.core.db import transaction
from beacon.core.settings import Setting


@pytest.fixture
def change_setting(app: Flask) -> Callable[[str, str], None]:
    """Give a setting another value."""

    def change(name: str, text: str) -> None:
        with transaction() as session:
            session.add(Setting(name=name, text=text))

    return change
