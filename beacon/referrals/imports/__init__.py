"""The feeds of referrals: police, Report Fraud, partners."""

from beacon.referrals.imports.caseload import OUTCOMES as TAKEN_ON
from beacon.referrals.imports.caseload import Caseload, Line, take_on_caseload
from beacon.referrals.imports.dropped import sweep_dropped, take_all_dropped, take_dropped
from beacon.referrals.imports.files import MORE, OUTCOMES, import_file
from beacon.referrals.imports.ordered import see_to, send_in
from beacon.referrals.imports.reconciling import reconciliation

__all__ = [
    "MORE",
    "OUTCOMES",
    "TAKEN_ON",
    "Caseload",
    "Line",
    "import_file",
    "reconciliation",
    "see_to",
    "send_in",
    "sweep_dropped",
    "take_all_dropped",
    "take_dropped",
    "take_on_caseload",
]
