"""Whom a case manager asks for what only they can say."""

from __future__ import annotations

from beacon.entitlements.terms import Body

# As it follows "asked": the body by the name that people use for whoever answers there.
ASKED: dict[Body, str] = {
    Body.POLICE: "the officer in the case",
    Body.CPS: "the Crown Prosecution Service",
    Body.WITNESS_CARE: "Witness Care",
    Body.COURT: "the court",
    Body.PROBATION: "Probation",
    Body.YOUTH_OFFENDING_TEAM: "the youth offending team",
}
