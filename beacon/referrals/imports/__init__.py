"""The feeds of referrals: police, Report Fraud, partners."""

from beacon.referrals.imports.dropped import take_all_dropped, take_dropped
from beacon.referrals.imports.ordered import see_to, send_in
from beacon.referrals.imports.taking import MORE, OUTCOMES, import_file

__all__ = [
    "MORE",
    "OUTCOMES",
    "import_file",
    "see_to",
    "send_in",
    "take_all_dropped",
    "take_dropped",
]
