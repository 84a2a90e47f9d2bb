"""Monday morning, and a short way to take a small file in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.feeds.commands import Report
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.feed_rows import FRAUD, PARTNER, POLICE, a_file

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIKE = {"police": POLICE, "fraud": FRAUD, "partner": PARTNER}


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def take() -> Callable[..., Report]:
    """Take in a file of some rows of one feed."""

    def of(*rows: Mapping[str, str], feed: str = "police", **known: Any) -> Report:
        content = a_file(*rows, like=LIKE[feed])
        return import_file(feed, content, file_name="list.csv", actor=TEST, **known)

    return of


@pytest.fixture
def referrals() -> Callable[[], list[Referral]]:
    """Every referral, in the order in which they came."""

    def all_of_them() -> list[Referral]:
        return list(db.session.scalars(sa.select(Referral).order_by(Referral.id)))

    return all_of_them
