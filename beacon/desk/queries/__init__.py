"""What stands on a person's desk."""

from beacon.desk.queries.desks import Desk, desk_of
from beacon.desk.queries.tiles import Tile

__all__ = ["Desk", "Tile", "desk_of"]
