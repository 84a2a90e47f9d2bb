"""The Codes as tables, each by the day it came into force, and the clocks that run beside them."""

from beacon.entitlements.codes.code_2015 import CODE_2015
from beacon.entitlements.codes.code_2020 import CODE_2020
from beacon.entitlements.codes.local_standards import FIRST_CONTACT, LOCAL_STANDARDS, STANDARD
from beacon.entitlements.codes.other_clocks import OTHER_CLOCKS, REVIEWS
from beacon.entitlements.codes.rows import Code, Rule
from beacon.entitlements.codes.sources import SOURCES

# A new Code is a new line here, never an edit of an old one.
CODES = {code.in_force_on: code for code in (CODE_2015, CODE_2020)}
FIRST_CODE_ON = min(CODES)

__all__ = [
    "CODES",
    "FIRST_CODE_ON",
    "FIRST_CONTACT",
    "LOCAL_STANDARDS",
    "OTHER_CLOCKS",
    "REVIEWS",
    "SOURCES",
    "STANDARD",
    "Code",
    "Rule",
]
