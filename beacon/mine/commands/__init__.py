"""What one can order about one's own tools."""

from beacon.mine.commands.calendar import make_link, revoke_link
from beacon.mine.commands.lists import Narrowed, choose_columns, remove_filter, save_filter

__all__ = [
    "Narrowed",
    "choose_columns",
    "make_link",
    "remove_filter",
    "revoke_link",
    "save_filter",
]
