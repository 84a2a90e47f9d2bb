"""What the pages of the return share: their place, and that they were read."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.reports.rules import Period
from beacon.reports.terms import ReportPermission

bp = Blueprint(
    "ministry", __name__, url_prefix="/reports/return", template_folder="../../templates"
)
PUBLISHED, FIGURES = ReportPermission.PUBLISHED, ReportPermission.FIGURES
SET_RETURN = ReportPermission.SET_RETURN


def told(period: Period, what: str, operation: Operation = Operation.CONSULTATION) -> None:
    """That the return was read is written down."""
    days = f"{period.first}/{period.last}"
    actor, action = current_user.actor, f"return.{what}"
    audit.shown(actor, "period", [days], ("figures",), action=action, operation=operation)


def name_of(period: Period) -> str:
    """How a file of a period is called."""
    return f"return-{period.first}-{period.last}"
