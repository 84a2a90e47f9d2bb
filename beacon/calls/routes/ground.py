"""What the pages of calls share."""

from __future__ import annotations

from flask import Blueprint

from beacon.calls.terms import CallPermission
from beacon.cases.routes.ground import carried_out_by, form_page, the_case, to_case

bp = Blueprint("calls", __name__, url_prefix="/calls", template_folder="../templates")
# A pass-phrase is set on a page of the case.
phrase_bp = Blueprint("phrases", __name__, url_prefix="/cases", template_folder="../templates")
TAKE = CallPermission.TAKE
ROUND = CallPermission.ROUND

__all__ = ["ROUND", "TAKE", "bp", "carried_out_by", "form_page", "phrase_bp", "the_case", "to_case"]
