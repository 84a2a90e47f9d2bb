"""The figures of the commissioner's page, counted anew by plain SQL that knows no product query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.reports.rules import Period

Counts = dict[tuple[str, str, str], int]
CONTACT = """
  CASE WHEN duty.state = 'met' THEN 'in_time'
       WHEN duty.state = 'met_late' THEN 'late'
       WHEN duty.state = 'open' AND duty.due_on < :today THEN 'missed'
       WHEN duty.state IN ('open', 'paused') THEN 'waiting'
       ELSE 'not_counted' END
"""
OF_CASES = """
  FROM case_file
  JOIN crime ON crime.id = case_file.crime_id
  JOIN victim ON victim.id = case_file.victim_id
  LEFT JOIN duty ON duty.case_id = case_file.id AND duty.code = 'standard'
       AND duty.rule = 'FIRST_CONTACT'
  WHERE case_file.opened_at >= :begins AND case_file.opened_at < :ends
"""
FIRST = "(SELECT {0} FROM referral WHERE referral.case_id = case_file.id ORDER BY id LIMIT 1)"
SOURCES = {
    "police": "Police", "fraud": "Report Fraud", "partner": "Partner agencies",
    "self": "People themselves", "phone": "By phone", None: "Opened without a referral",
}  # fmt: skip
ROUTES = {
    "safeguarding": "Safeguarding", "fraud_hub": "Fraud hub", "case_manager": "Case manager",
    "asb": "Anti-social behaviour", "needs_assessment": "Needs assessment",
    "information_only": "Information only", None: "Not decided at triage",
}  # fmt: skip
GROUND = """EXISTS (SELECT 1 FROM case_ground WHERE case_ground.case_id = case_file.id
  AND case_ground.ground = '{0}' AND (case_ground.holds IS NULL OR case_ground.holds))"""
LIKE = "LOWER(crime.offence) LIKE '%{0}%'"
CRIME = f"""
  CASE WHEN crime.kind = 'fraud' THEN 'Fraud'
       WHEN crime.kind = 'asb' THEN 'Anti-social behaviour'
       WHEN case_file.domestic_abuse THEN 'Domestic abuse'
       WHEN {GROUND.format("sexual_offence")} THEN 'Sexual offences'
       WHEN {GROUND.format("hate_crime")} THEN 'Hate crime'
       WHEN {GROUND.format("trafficking")} THEN 'Modern slavery'
       WHEN {GROUND.format("bereaved")} THEN 'Bereaved by a crime'
       WHEN {LIKE.format("stalk")} OR {LIKE.format("harass")} THEN 'Stalking and harassment'
       WHEN {LIKE.format("robbery")} THEN 'Robbery'
       WHEN {
    " OR ".join(
        map(
            LIKE.format,
            (
                "assault",
                "wound",
                "bodily harm",
                "murder",
                "manslaughter",
                "violence",
                "kidnap",
                "threat",
                "affray",
                "strangul",
            ),
        )
    )
} THEN 'Violence'
       WHEN {
    " OR ".join(
        map(LIKE.format, ("burglary", "theft", "damage", "shoplift", "vehicle", "arson", "stolen"))
    )
}
           THEN 'Burglary, theft and damage'
       ELSE 'Other crime' END
"""
CATEGORY = """
  CASE WHEN NOT case_file.enhanced THEN 'Standard'
       WHEN case_file.manager_id IS NULL THEN 'Enhanced, without a named case manager'
       ELSE 'Enhanced, with a named case manager' END
"""
BANDS = ((75, "75 and over"), (65, "65 to 74"), (55, "55 to 64"), (45, "45 to 54"),
         (35, "35 to 44"), (25, "25 to 34"), (18, "18 to 24"), (0, "0 to 17"))  # fmt: skip
GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "O": "Other ethnic group"}
ETHNICITIES = {
    "W1": "British", "W2": "Irish", "W3": "Gypsy or Irish Traveller",
    "W9": "Any other White background", "M1": "White and Black Caribbean",
    "M2": "White and Black African", "M3": "White and Asian", "M9": "Any other Mixed background",
    "A1": "Indian", "A2": "Pakistani", "A3": "Bangladeshi", "A4": "Chinese", "O1": "Chinese",
    "A9": "Any other Asian background", "B1": "Caribbean", "B2": "African",
    "B9": "Any other Black background", "O2": "Arab", "O9": "Any other background",
}  # fmt: skip
DISABILITIES = {
    "none": "No disability", "physical": "Physical", "sensory": "Sensory: sight, hearing",
    "learning_disability": "Learning disability", "learning_difficulty": "Learning difficulty",
    "mental_health": "Mental health", "long_term_illness": "Long-term illness",
    "neurodivergent": "Neurodivergent", "other": "Another", "several": "More than one of these",
    "prefer_not_to_say": "Prefer not to say", "not_asked": "Not asked",
}  # fmt: skip
PLAIN = {"prefer_not_to_say": "Prefer not to say", "not_asked": "Not asked", "other": "Another"}


def rows(sql: str, period: Period, today: date) -> list[Any]:
    """What the database says, with the days as the London clock has them."""
    moment = CaseFile.opened_at.type
    query = sa.text(sql)
    known = {
        "begins": (clock.start_of_day(period.first), moment),
        "ends": (clock.start_of_day(period.last + timedelta(days=1)), moment),
        "first": (period.first, sa.Date()),
        "last": (period.last, sa.Date()),
        "today": (today, sa.Date()),
    }
    used = [
        sa.bindparam(name, value, type_=kind)
        for name, (value, kind) in known.items()
        if f":{name}" in sql
    ]
    return list(db.session.execute(query.bindparams(*used)))


def added(found: list[Any], named: Callable[[Any], tuple[str, str]]) -> Counts:
    """So many of each row and column, under the names that the page gives them."""
    counts: Counts = {}
    for value, column, number in found:
        key = (*named(value), column)
        counts[key] = counts.get(key, 0) + number
    return counts


def of_cases(value: str, named: Callable[[Any], tuple[str, str]]) -> Callable[..., Counts]:
    """Cases opened, by a cut and by whether their victim was reached."""
    sql = f"SELECT {value} AS cut, {CONTACT} AS became, COUNT(*) {OF_CASES} GROUP BY 1, 2"
    return lambda period, today: added(rows(sql, period, today), named)


def by_age(period: Period, today: date) -> Counts:
    """Cases by the age of their victim on the last day: reckoned in Python, one by one."""
    found = rows(f"SELECT victim.date_of_birth, {CONTACT}, 1 {OF_CASES}", period, today)
    return added(found, lambda born: ("", band(born, period.last)))


def band(born: Any, on: date) -> str:
    """The band of an age."""
    if born is None:
        return "Not recorded"
    day = date.fromisoformat(born) if isinstance(born, str) else born
    age = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    return next(name for least, name in BANDS if age >= least)


def ethnicity(code: str) -> tuple[str, str]:
    """The group and the name of a code."""
    if code in ETHNICITIES:
        return GROUPS["A" if code == "O1" else code[0]], ETHNICITIES[code]
    return "", "Not stated" if code == "NS" else "Not recorded"


def duties(period: Period, today: date) -> Counts:
    """Duties of the Code that were due, by Right."""
    sql = """
      SELECT "right", CASE WHEN state = 'open' AND due_on < :today THEN 'missed'
                           WHEN state IN ('open', 'paused') THEN 'open'
                           WHEN state = 'met_late' THEN 'late' ELSE state END, COUNT(*)
      FROM duty WHERE code <> 'standard' AND due_on BETWEEN :first AND :last GROUP BY 1, 2
    """
    found = rows(sql, period, today)
    return {(str(right or 0), column): number for right, column, number in found}  # type: ignore[return-value]


def by_right(period: Period, today: date) -> Counts:
    """The same under the names of the Rights."""
    from beacon.entitlements.terms import RIGHTS  # the words alone

    names = {str(one.number): f"Right {one.number}: {one.name}" for one in RIGHTS}
    return {
        ("", names.get(right, "Clocks beside the Code"), column): number
        for (right, column), number in duties(period, today).items()
    }


def needs(period: Period, today: date) -> Counts:
    """Needs scored at the first assessment and at the closing one."""
    sql = """
      SELECT ended.category, CASE WHEN began.score > ended.score THEN 'better'
                                  WHEN began.score < ended.score THEN 'worse'
                                  ELSE 'same' END, COUNT(*)
      FROM case_closing
      JOIN need AS ended ON ended.assessment_id = case_closing.assessment_id
      JOIN need AS began ON began.category = ended.category AND began.assessment_id = (
        SELECT id FROM needs_assessment WHERE case_id = case_closing.case_id AND stage = 'start'
        ORDER BY assessed_at, id LIMIT 1)
      WHERE closed_at >= :begins AND closed_at < :ends
        AND ended.score IS NOT NULL AND began.score IS NOT NULL
        AND began.assessment_id <> ended.assessment_id
      GROUP BY 1, 2
    """
    names = {
        "n1": "Mental and physical health", "n2": "Shelter and accommodation",
        "n3": "Family, friends and children", "n4": "Education, skills and employment",
        "n5": "Drugs and alcohol", "n6": "Finance and benefits", "n7": "Outlook and attitudes",
        "n8": "Social interactions",
    }  # fmt: skip
    return added(rows(sql, period, today), lambda word: ("", names[word]))


def cope(period: Period, today: date) -> Counts:
    """What was said when a case was closed."""
    sql = """
      SELECT closing_answer.outcome, closing_answer.answer, COUNT(*) FROM case_closing
      JOIN closing_answer ON closing_answer.closing_id = case_closing.id
      WHERE closed_at >= :begins AND closed_at < :ends GROUP BY 1, 2
    """
    names = {
        "health": "Improved health and wellbeing",
        "coping": "Better able to cope with aspects of everyday life",
        "safety": "Increased feelings of safety",
        "informed": "Better informed and empowered",
    }
    return added(rows(sql, period, today), lambda word: ("", names[word]))


def partners(period: Period, today: date) -> Counts:
    """What was sent on to partners."""
    sql = """
      SELECT agency, CASE WHEN outcome IN ('helped', 'partly') THEN 'helped'
                          WHEN state = 'finished' THEN 'ended'
                          WHEN state IN ('accepted', 'in_progress') THEN 'under_way'
                          WHEN state = 'declined' THEN 'declined'
                          WHEN state IN ('revoked', 'expired') THEN 'stopped'
                          ELSE 'waiting' END, COUNT(*)
      FROM partner_referral WHERE sent_at >= :begins AND sent_at < :ends GROUP BY 1, 2
    """
    return added(rows(sql, period, today), lambda name: ("", name))


def hearings(period: Period, today: date) -> Counts:
    """Who came, by what the outbox says of the text about the hearing."""
    sql = """
      SELECT CASE
               WHEN outbound_text.state = 'delivered' THEN 'Text delivered'
               WHEN outbound_text.state IN ('undelivered', 'failed', 'rejected')
                 THEN 'Text not delivered'
               WHEN outbound_text.state IN ('accepted', 'queued', 'sent')
                 THEN 'Text sent, no receipt'
               WHEN outbound_text.state = 'suppressed' AND outbound_text.reason IN
                 ('no_number', 'not_a_number', 'landline', 'not_a_uk_mobile', 'bad_number',
                  'wrong_person') THEN 'No number that can be texted'
               ELSE 'Not eligible, or not texted for another reason' END,
             CASE WHEN hearing.outcome IS NULL THEN 'not_recorded'
                  WHEN hearing.attendance = 'attended' THEN 'came'
                  WHEN hearing.attendance = 'did_not_attend' THEN 'stayed_away'
                  ELSE 'left_out' END, COUNT(*)
      FROM hearing
      LEFT JOIN hearing_text ON hearing_text.hearing_id = hearing.id
           AND hearing_text.held_on = hearing.held_on
      LEFT JOIN outbound_text ON outbound_text.about_id = hearing.id
           AND outbound_text.on_day = hearing.held_on
           AND outbound_text.kind = 'court_reminder'
      WHERE hearing.held_on BETWEEN :first AND :last AND hearing.status = 'listed'
        AND COALESCE(hearing_text.about_id, hearing.id) = hearing.id
      GROUP BY 1, 2
    """
    return added(rows(sql, period, today), lambda name: ("", name))


SAID = {
    "Satisfied": "satisfied", "Easy to access": "easy", "Better informed": "informed",
    "Improved confidence": "confident", "Feels safer": "safer",
}  # fmt: skip


def parted(lines: list[tuple[str, Any, Any]]) -> Counts:
    """A part and the rest of each line, as the page has them; nought is left out."""
    cells = {
        ("", name, column): int(number)
        for name, part, whole in lines
        for column, number in (("part", part or 0), ("rest", (whole or 0) - (part or 0)))
    }
    return {key: number for key, number in cells.items() if number}


def surveys(period: Period, today: date) -> Counts:
    """The answers of the months whose last day lies in the period, as they were added up."""
    sums = ", ".join(f"SUM({word}_positive), SUM({word}_answers)" for word in SAID.values())
    found = rows(
        f"SELECT month, {sums} FROM survey_count WHERE dimension = 'all' GROUP BY month",
        period,
        today,
    )
    months = [row[1:] for row in found if period.first <= last_day(row[0]) <= period.last]
    added_up = [sum(column) for column in zip(*months, strict=True)] or [0] * 10
    pairs = zip(added_up[::2], added_up[1::2], strict=True)
    return parted([(name, *pair) for name, pair in zip(SAID, pairs, strict=True)])


def last_day(month: Any) -> date:
    """The last day of the month that begins on a day."""
    first = date.fromisoformat(month) if isinstance(month, str) else month
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


FOUND = "('charged', 'out_of_court_disposal', 'pleaded_guilty', 'sentenced')"
OFFERED = """
  SELECT COUNT(*) FROM case_file JOIN crime ON crime.id = case_file.crime_id
  WHERE crime.suspect_known_at IS NOT NULL AND case_file.erased_at IS NULL
    AND case_file.opened_at >= :begins AND case_file.opened_at < :ends
    AND (NOT EXISTS (SELECT 1 FROM crime_milestone m WHERE m.crime_id = crime.id
                     AND m.kind = 'not_charged' AND m.withdrawn_at IS NULL)
         OR EXISTS (SELECT 1 FROM crime_milestone m WHERE m.crime_id = crime.id
                    AND m.kind IN {found} AND m.withdrawn_at IS NULL))
    AND (NOT {not_known} OR {explained}) AND {what}
"""
STEP = """EXISTS (SELECT 1 FROM restorative_step s WHERE s.case_id = case_file.id
  AND s.kind = '{0}' {1} AND NOT EXISTS
  (SELECT 1 FROM restorative_step b WHERE b.takes_back_id = s.id))"""
DONE = "AND s.outcome IN ('met', 'letter', 'shuttle', 'conference', 'reparation')"
NEWEST = """(SELECT s.satisfaction FROM restorative_step s WHERE s.case_id = case_file.id
  AND s.kind = 'satisfaction' AND NOT EXISTS
  (SELECT 1 FROM restorative_step b WHERE b.takes_back_id = s.id) ORDER BY s.id DESC LIMIT 1)"""


def restorative(period: Period, today: date) -> Counts:
    """How far the offer came in the cases opened in the period."""

    def number(what: str) -> int:
        sql = OFFERED.format(
            found=FOUND,
            not_known=STEP.format("not_known", ""),
            explained=STEP.format("explained", ""),
            what=what,
        )
        return int(rows(sql, period, today)[0][0])

    whole = number("1 = 1")
    steps = {
        "Explained": STEP.format("explained", ""),
        "Asked for by the victim": STEP.format("requested", ""),
        "Referred": STEP.format("referred", ""),
        "Completed": STEP.format("outcome", DONE),
    }
    satisfied = number(f"{NEWEST} IN ('4', '5')")
    said = number(f"{NEWEST} IS NOT NULL")
    return parted(
        [
            *((name, number(what), whole) for name, what in steps.items()),
            ("Satisfied, of those who said", satisfied, said),
        ]
    )


def disposals(period: Period, today: date) -> Counts:
    """Whether the victim was asked, and their view held, before a disposal was decided."""
    live = """FROM disposal_step s WHERE s.disposal_id = disposal_view.id AND s.kind IN {0}
      AND NOT EXISTS (SELECT 1 FROM disposal_step b WHERE b.takes_back_id = s.id)"""
    decided = "(SELECT MAX(s.happened_at) " + live.format("('decided')") + ")"
    asked = "(SELECT MIN(s.happened_at) " + live.format("('asked', 'view', 'no_view')") + ")"
    held = "(SELECT MAX(s.created_at) " + live.format("('view', 'no_view')") + ")"
    sql = f"""
      SELECT COUNT(*), COALESCE(SUM(CASE WHEN {asked} <= {decided} THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN {held} <= {decided} THEN 1 ELSE 0 END), 0)
      FROM disposal_view JOIN case_file ON case_file.id = disposal_view.case_id
      WHERE case_file.erased_at IS NULL AND {decided} >= :begins AND {decided} < :ends
    """
    whole, first, second = rows(sql, period, today)[0]
    return parted(
        [
            ("The victim was asked before the decision", first, whole),
            ("Their view was held before the decision", second, whole),
        ]
    )


def witnesses(period: Period, today: date) -> Counts:
    """Who came of those called, by the newest record; and the newest step of each measure."""
    came = """(SELECT w.came FROM witness_came w WHERE w.witness_id = court_witness.id
      ORDER BY w.id DESC LIMIT 1)"""
    where = """JOIN hearing ON hearing.id = court_witness.hearing_id
      JOIN case_file ON case_file.id = court_witness.case_id
      WHERE hearing.held_on BETWEEN :first AND :last AND hearing.status = 'listed'
        AND case_file.erased_at IS NULL"""
    people = rows(
        f"SELECT {came}, court_witness.support <> '', COUNT(*) FROM court_witness {where} "
        "GROUP BY 1, 2",
        period,
        today,
    )
    newest = """(SELECT s.step FROM special_measure_step s WHERE s.measure_id = special_measure.id
      AND s.step IN {0} ORDER BY s.id DESC LIMIT 1)"""
    decided, day = (
        newest.format(kinds)
        for kinds in ("('granted', 'refused', 'varied')", "('in_place', 'not_in_place')")
    )
    measures = rows(
        f"SELECT {decided}, {day}, COUNT(*) FROM special_measure JOIN court_witness "
        f"ON court_witness.id = special_measure.witness_id {where} GROUP BY 1, 2",
        period,
        today,
    )

    def of_people(*kinds: str) -> int:
        return sum(number for kind, _, number in people if kind in kinds)

    def of_measures(at: int, *kinds: str) -> int:
        return sum(row[2] for row in measures if row[at] in kinds)

    called = sum(number for *_, number in people)
    supported = sum(number for _, has, number in people if has)
    return parted(
        [
            (
                "Came, of those who came or did not",
                of_people("attended"),
                of_people("attended", "did_not_attend"),
            ),
            ("Were offered support, of those called", supported, called),
            (
                "Special measures granted, of those granted or refused",
                of_measures(0, "granted", "varied"),
                of_measures(0, "granted", "varied", "refused"),
            ),
            (
                "Special measures in place on the day, of those in place or not",
                of_measures(1, "in_place"),
                of_measures(1, "in_place", "not_in_place"),
            ),
        ]
    )


def money(period: Period) -> list[int]:
    """Recovered through Beacon, recovered in all, prevented, in pence."""
    sql = """
      SELECT COALESCE(SUM(CASE WHEN kind = 'recovered' AND contribution IN ('advocated', 'advised')
                               THEN amount_pence ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN kind = 'recovered' THEN amount_pence ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN kind = 'prevented' THEN amount_pence ELSE 0 END), 0)
      FROM ledger_entry WHERE counted_on BETWEEN :first AND :last
    """
    return [int(one) for one in rows(sql, period, period.last)[0]]


def _alone(names: dict[Any, str]) -> Callable[[Any], tuple[str, str]]:
    return lambda value: ("", names[value])


COUNTS: dict[str, Callable[[Period, date], Counts]] = {
    "cases.source": of_cases(FIRST.format("feed"), _alone(SOURCES)),
    "cases.route": of_cases(FIRST.format("route"), _alone(ROUTES)),
    "cases.crime": of_cases(CRIME, lambda name: ("", name)),
    "cases.district": of_cases("crime.district", lambda name: ("", name or "Not recorded")),
    "cases.category": of_cases(CATEGORY, lambda name: ("", name)),
    "code.right": by_right,
    "hearings.text": hearings,
    "cope.outcome": cope,
    "needs.category": needs,
    "partners.agency": partners,
    "surveys.measures": surveys,
    "restorative.steps": restorative,
    "views.disposals": disposals,
    "witnesses.steps": witnesses,
    "cases.age": by_age,
    "cases.sex": of_cases(
        "victim.gender", lambda word: ("", word.strip().capitalize() or "Not recorded")
    ),
    "cases.ethnicity": of_cases("victim.ethnicity", ethnicity),
    "cases.disability": of_cases("victim.disability", _alone(DISABILITIES)),
    "cases.orientation": of_cases(
        "victim.orientation",
        lambda word: ("", PLAIN.get(word, word.replace("_", " ").capitalize())),
    ),
    "cases.religion": of_cases(
        "victim.religion",
        lambda word: ("", PLAIN.get(word, "No religion" if word == "none" else word.capitalize())),
    ),
}
