"""The feeds of referrals: police, Report Fraud, partners."""

from beacon.referrals.imports.dropped import take_dropped
from beacon.referrals.imports.ordered import take_ordered
from beacon.referrals.imports.taking import MORE, OUTCOMES, import_file

__all__ = ["MORE", "OUTCOMES", "import_file", "take_dropped", "take_ordered"]
