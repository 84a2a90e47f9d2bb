"""What caseloads can be asked."""

from beacon.caseloads.queries.advice import Planned, advise, judged_for, plan, who_may_take
from beacon.caseloads.queries.board import BoardRow, Waiting, board, nobodys_enhanced
from beacon.caseloads.queries.covering import (
    Covered,
    CoverLine,
    cover_of,
    covered_for,
    covers,
    get_cover,
    not_covered,
)
from beacon.caseloads.queries.handing import (
    HandedRow,
    HandOverPage,
    hand_over_page,
    unsettled,
    waiting_for,
)
from beacon.caseloads.queries.people import (
    Manager,
    Pattern,
    absences_of,
    get_leave,
    get_led,
    leave_of,
    led_by,
    managers,
    who_manages,
)
from beacon.caseloads.queries.reviewing import (
    ReviewLine,
    get_review,
    own_reviews,
    reviews_of_case,
)
from beacon.caseloads.queries.weighing import loads_of, weigh, weigh_one

__all__ = [
    "BoardRow",
    "CoverLine",
    "Covered",
    "HandOverPage",
    "HandedRow",
    "Manager",
    "Pattern",
    "Planned",
    "ReviewLine",
    "Waiting",
    "absences_of",
    "advise",
    "board",
    "cover_of",
    "covered_for",
    "covers",
    "get_cover",
    "get_leave",
    "get_led",
    "get_review",
    "hand_over_page",
    "judged_for",
    "leave_of",
    "led_by",
    "loads_of",
    "managers",
    "nobodys_enhanced",
    "not_covered",
    "own_reviews",
    "plan",
    "reviews_of_case",
    "unsettled",
    "waiting_for",
    "weigh",
    "weigh_one",
    "who_manages",
    "who_may_take",
]
