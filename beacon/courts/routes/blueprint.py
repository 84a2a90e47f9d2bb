"""The blueprints of the pages: of hearings, and of a court officer's day, two places to be in."""

from flask import Blueprint

bp = Blueprint("courts", __name__, template_folder="../templates")
day_bp = Blueprint("court_day", __name__, template_folder="../templates")
