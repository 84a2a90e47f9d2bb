"""How large a file of rows may be (security.md M-01 and M-04); over any of these it is refused."""

from __future__ import annotations

MAX_ROWS = 200_000
MAX_COLUMNS = 200
# As many characters as one cell of Excel can hold.
MAX_CELL = 32_767
MAX_SHEET_ROWS = 1_048_576
