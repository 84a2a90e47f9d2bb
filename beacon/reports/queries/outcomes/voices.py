"""What surveys, restorative justice and courts count of a period, as plain numbers.

They are of the whole service: what was answered is joined to no case, and who was called to court
belongs to a hearing.
"""

from __future__ import annotations

from beacon.courts.queries import witnesses_between
from beacon.reports.rules import Period
from beacon.reports.rules.voices import Said
from beacon.restorative.queries import offered, views
from beacon.surveys.queries import measured
from beacon.surveys.terms import Measure


def survey_measures(period: Period) -> list[Said]:
    """The five measures of the months that end in the period; none while nothing is counted."""
    everybody = measured(period.first, period.last).everybody
    if not everybody.answered:
        return []
    said = ((one.label, everybody.said[one]) for one in Measure)
    return [Said.of(name, one.positive, one.answers) for name, one in said]


def restorative_steps(period: Period) -> list[Said]:
    """How far the offer came in cases opened in the period; none while no offender is known."""
    one = offered(period.first, period.last)
    if not one.known_offender:
        return []
    reached = (
        ("Explained", one.explained),
        ("Asked for by the victim", one.requested),
        ("Referred", one.referred),
        ("Completed", one.completed),
    )
    steps = [Said.of(name, number, one.known_offender) for name, number in reached]
    return [*steps, Said.of("Satisfied, of those who said", one.satisfied, one.said)]


def disposal_views(period: Period) -> list[Said]:
    """Whether views were sought before a disposal was decided; none while none was."""
    one = views(period.first, period.last)
    if not one.decided:
        return []
    return [
        Said.of("The victim was asked before the decision", one.asked_before, one.decided),
        Said.of("Their view was held before the decision", one.view_before, one.decided),
    ]


def witness_steps(period: Period) -> list[Said]:
    """Who came to court of those called, and what they had there; none while nobody was called."""
    found = witnesses_between(period.first, period.last)
    called, measures = found.all, found.measures
    if not called.called:
        return []
    return [
        Said.of("Came, of those who came or did not", called.came, called.came + called.did_not),
        Said.of("Were offered support, of those called", called.supported, called.called),
        Said.of(
            "Special measures granted, of those granted or refused",
            measures.granted + measures.varied,
            measures.granted + measures.varied + measures.refused,
        ),
        Said.of(
            "Special measures in place on the day, of those in place or not",
            measures.in_place,
            measures.in_place + measures.not_in_place,
        ),
    ]
