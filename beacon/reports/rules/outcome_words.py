"""The definitions of the commissioner's page: what is counted, from where, as at when."""

from __future__ import annotations

from beacon.reports.rules.figures import Group
from beacon.reports.terms import Dimension

_CASES = (
    "Cases that were opened in the period, each once, {by}. In time: a person reached the victim "
    "within our own limit for the first contact, which depends on the category. Of a hundred: in "
    "time, late and not reached alone count. From the case and its duties, as they stand at the "
    "moment the page is made."
)
_BY = {
    Dimension.SOURCE: "by the feed of the first referral",
    Dimension.ROUTE: "by the route that triage gave the first referral",
    Dimension.CRIME: (
        "by the first group that fits: fraud, anti-social behaviour, domestic abuse, the grounds "
        "for Enhanced Rights that name a crime, and then the words of the offence"
    ),
    Dimension.DISTRICT: "by the district of the crime",
    Dimension.CATEGORY: (
        "by category, and for enhanced victims by whether a case manager is named; a proposed "
        "category counts until a person decides"
    ),
    Dimension.AGE: "by the victim's age on the last day of the period",
    Dimension.SEX: "by the victim's sex or gender as it was recorded",
    Dimension.ETHNICITY: (
        "by the victim's own ethnicity, in the 18 groups of the police and one for not stated"
    ),
    Dimension.DISABILITY: "by what the victim said of disability",
    Dimension.ORIENTATION: "by what the victim said of sexual orientation",
    Dimension.RELIGION: "by what the victim said of religion or belief",
}
ABOUT_CASES = {dimension: _CASES.format(by=by) for dimension, by in _BY.items()}
CODE = (
    "Duties of the Victims' Code that were due in the period, by Right. Of a hundred: told in "
    "time, of those told in time, told late and missed. Duties withheld with a reason, declined by "
    "the victim, delayed for safety or not applicable stand beside it and do not count in it. "
    "From the duties of each case, as they stand at the moment the page is made."
)
CODE_TAKEN = (
    "Duties of the Victims' Code by Right, added up from the figures of the Code that were "
    "published of the quarters in this period. A count that was hidden there is hidden here."
)
MONEY = (
    "Money from the ledger of the fraud hub. Recovered: received by victims in the period. Through "
    "Beacon: the part where Beacon dealt with the firm, or the victim did with our advice. "
    "Prevented: payments that were stopped before they were lost; estimates are in no figure. What "
    "is found to be wrong is taken back on the day that it is found."
)
MONEY_ROUNDED = " Rounded to whole thousands of pounds; hidden where fewer than five cases had any."
ATTENDED = (
    "Hearings that were listed in the period, each defendant, court and day once, by what became "
    "of the reminder by text. Of a hundred: those who came, of those who came and did not. From "
    "the court lists, the outbox of texts and what was recorded of the outcome."
)
OUTCOMES = (
    "What victims said of the four outcomes when a case was closed in the period, each closing "
    "once. Of a hundred: yes and partly, of yes, partly and no. From the closing of the case."
)
TRAVELLED = (
    "Needs that were scored from 1 (none) to 5 (high) at the first assessment and at the closing "
    "of a case in the period; where either score is missing nothing is counted. Points are start "
    "minus close, on average: above nought means less need."
)
SURVEYS = (
    "Answers to the survey that were given in the period, each question by itself. Positive: the "
    "two best answers. Answers are kept apart from cases, so they are of the whole service."
)
RESTORATIVE = (
    "Cases of the period with a known offender, and how many of them had restorative justice "
    "explained, asked for it, were referred, completed it and were satisfied. Of the whole service."
)
VIEWS = (
    "Out-of-court disposals that were decided in the period (Right 6): whether the victim was "
    "asked for their view, and whether it was held, before the decision. Of the whole service."
)
WITNESSES = (
    "Victims and witnesses who were called to hearings listed in the period: whether they came, "
    "whether support was offered, and how far their special measures came. Of the whole service."
)
PARTNERS = (
    "Referrals that were sent to partner agencies in the period, by agency and by what became of "
    "them. Helped: the agency helped with all or some of what was asked. From the referral and its "
    "steps, as they stand at the moment the page is made."
)
OUTCOME_EMPTY = "Nothing was recorded in this period."
ANSWERED = {
    "yes": "Yes",
    "partly": "Partly",
    "no": "No",
    "declined": "Did not want to say",
    "not_asked": "Not asked",
}
TEN = (
    "Broxbourne", "Dacorum", "East Hertfordshire", "Hertsmere", "North Hertfordshire",
    "St Albans", "Stevenage", "Three Rivers", "Watford", "Welwyn Hatfield",
)  # fmt: skip
DISTRICTS: tuple[Group, ...] = tuple(("", name) for name in TEN)
