"""What the pages of what is written to victims share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("notices", __name__, url_prefix="/letters", template_folder="../templates")
