"""The Monday, the manager and the case of casework, as the pages of this feature meet them."""

from tests.web.cases.conftest import browser, case, leader, manager, monday  # noqa: F401  # fixtures
