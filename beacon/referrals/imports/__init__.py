"""The feeds of referrals: police, Report Fraud, partners."""

from beacon.referrals.imports.taking import OUTCOMES, import_file

__all__ = ["OUTCOMES", "import_file"]
