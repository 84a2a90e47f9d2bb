"""The county of the matrix, a browser, and a site on this machine, as other tests have them."""

from tests.journeys.conftest import site
from tests.web.security.matrix.conftest import sit, world, world_file

__all__ = ["sit", "site", "world", "world_file"]
