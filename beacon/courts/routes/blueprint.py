"""The blueprint to which every page about hearings belongs."""

from flask import Blueprint

bp = Blueprint("courts", __name__, template_folder="../templates")
