"""The one page for the person on the line: everything that may be asked, in the order of a call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # WTForms passes untyped values

from wtforms import Field
from wtforms.validators import Email, Optional

from beacon.core.errors import RuleBroken
from beacon.people.commands import PointAnswer
from beacon.people.rules import PersonFacts
from beacon.people.terms import Preferred, Safe
from beacon.self_referrals.commands import Helper, Told
from beacon.self_referrals.forms.ground import LINE_AT_MOST, NAME_AT_MOST, listed
from beacon.self_referrals.forms.telling import in_words
from beacon.self_referrals.terms import (
    DISTRICTS,
    ELSEWHERE,
    Danger,
    FilledBy,
    Happened,
    Need,
    PoliceTold,
    Sharing,
    Strand,
)
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    DateField,
    EmailField,
    InputRequired,
    NotInFuture,
    PostcodeField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    UkMobileField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm

SAFE = listed(Safe)
CALLERS = [
    (FilledBy.SELF.value, "For themselves"),
    (FilledBy.FRIEND.value, "For somebody they know"),
    (FilledBy.AGENCY.value, "For an organisation"),
    (FilledBy.CENTRE.value, "For a third-party reporting centre"),
]
# For the page of triage; who they are and what reaches them is told by their card.
FOR_TRIAGE = (
    "filled_by", "danger", "kinds", "strands", "happened_on", "place", "police_told",
    "crime_reference", "needs", "sharing",
)  # fmt: skip


def asked_of(words: str) -> SelectField:
    """What they said of one way: not asked, until they say."""
    return SelectField(words, coerce=Safe, choices=SAFE, default=Safe.NOT_ASKED)


class PhoneForm(BeaconForm):
    """What the person on the line says."""

    danger = RadioField(
        "Is anybody in danger now?",
        [InputRequired("Ask whether anybody is in danger now")],
        coerce=Danger,
        choices=listed(Danger),
    )
    filled_by = RadioField(
        "Whom do they ring for?",
        [InputRequired("Choose whom they ring for")],
        coerce=FilledBy,
        choices=CALLERS,
        default=FilledBy.SELF,
    )
    helper_name = StringField("Caller's name", max_length=NAME_AT_MOST)
    helper_relation = StringField("How they know them", max_length=NAME_AT_MOST)
    helper_phone = UkPhoneField("Caller's phone number")
    organisation = StringField("Organisation or centre", max_length=NAME_AT_MOST)
    agreed = RadioField(
        "Does the person agree to be referred?",
        [InputRequired("Ask whether the person agrees to be referred")],
        choices=[("yes", "Yes"), ("no", "No")],
    )
    first_name = StringField("First name", max_length=NAME_AT_MOST)
    last_name = StringField("Last name", max_length=NAME_AT_MOST)
    anonymous = BooleanField("They would rather not give a name")
    born_on = DateField("Date of birth", [NotInFuture("Date of birth must be in the past")])
    mobile = UkMobileField("Mobile")
    phone = UkPhoneField("Other phone")
    email = EmailField(
        "Email", [Optional(), Email("Enter an email address, like name@example.org.")]
    )
    address = TextAreaField("Address", max_length=LINE_AT_MOST)
    postcode = PostcodeField("Postcode")
    overall = SelectField(
        "Is it safe for us to contact them?", coerce=Safe, choices=SAFE, default=Safe.NOT_ASKED
    )
    call = asked_of("Ring them?")
    text = asked_of("Text the mobile?")
    voicemail = asked_of("Leave a voicemail?")
    mail = asked_of("Email them?")
    letter = asked_of("Write in a plain envelope?")
    preferred = SelectField(
        "Best way",
        coerce=Preferred,
        choices=[("", "Not asked"), *listed(Preferred)],
    )
    safe_words = TextAreaField("Safe times, code word, what to say", max_length=2_000)
    kinds = CheckboxesField(
        "What happened?",
        [InputRequired("Choose what happened, or that they would rather not say")],
        choices=[
            (one.value, "They would rather not say" if one is Happened.NOT_SAID else one.label)
            for one in Happened
        ],
    )
    strands = CheckboxesField("If it was hate: about what?", choices=listed(Strand))
    words = TextAreaField("In their words")
    happened_on = DateField("When", [NotInFuture("The day must be today or in the past")])
    district = SelectField(
        "Area", choices=[("", "Not known"), *((one, one) for one in (*DISTRICTS, ELSEWHERE))]
    )
    place = StringField("Where", max_length=NAME_AT_MOST * 2)
    police_told = RadioField(
        "Do the police know?",
        [InputRequired("Ask whether the police know")],
        coerce=PoliceTold,
        choices=[
            (PoliceTold.YES.value, "Yes"),
            (PoliceTold.NO.value, "No"),
            (PoliceTold.NOT_SURE.value, "Not sure"),
            (PoliceTold.NOT_SAID.value, "Would rather not say"),
        ],
    )
    crime_reference = StringField("Crime reference", max_length=40)
    needs = CheckboxesField("What would help?", choices=listed(Need))
    more = TextAreaField("Anything else", max_length=2_000)
    language = StringField("Language, if not English", max_length=60)
    interpreter = BooleanField("They need an interpreter")
    sharing = RadioField(
        "May we talk to other services?",
        [InputRequired("Ask whether we may talk to other services")],
        coerce=Sharing,
        choices=listed(Sharing),
    )

    def person(self) -> PersonFacts:
        """Who the person is, as far as they have said and it can be read."""
        language = self.language.data or ""
        return PersonFacts(
            first_name=_good(self.first_name),
            last_name=_good(self.last_name),
            date_of_birth=self.born_on.data,
            language=language,
            interpreter=language if self.interpreter.data else "",
            mobile=_good(self.mobile),
            phone=_good(self.phone),
            email=_good(self.email),
            address=_good(self.address),
            postcode=_good(self.postcode),
            preferred=self.preferred.data.value if self.preferred.data else "",
            safe="" if self.overall.data in {None, Safe.NOT_ASKED} else self.overall.data.value,
            safe_notes=self.safe_words.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was taken down can be kept."""
        super().validate(extra_validators)
        named = bool(self.first_name.data or self.last_name.data)
        if not named and not self.anonymous.data and not self.first_name.errors:
            self.first_name.errors = ["Enter a name, or tick that they would rather not give one"]
        if self.filled_by.data not in {None, FilledBy.SELF} and not self.helper_name.data:
            self.helper_name.errors = ["Enter the caller's name"]
        return not any(box.errors for box in self) and not self.form_errors

    def told(self) -> Told:
        """What was said, as the command wants it."""
        if self.agreed.data == "no":
            raise RuleBroken(
                "Without their agreement no referral is made. Tell the caller how the person can "
                "come to us themselves.",
                field="agreed",
            )
        for_another = self.filled_by.data is not FilledBy.SELF
        return Told(
            filled_by=self.filled_by.data,
            agreed=True,
            person=self.person(),
            ways=self._ways(),
            letter_ok=self.letter.data or Safe.NOT_ASKED,
            helper=self._helper() if for_another else None,
            organisation=(self.organisation.data or "") if for_another else "",
            anonymous=bool(self.anonymous.data),
            kinds=[Happened(one) for one in self.kinds.data or ()],
            strands=[Strand(one) for one in self.strands.data or ()],
            happened_on=self.happened_on.data,
            place=self.place.data or "",
            district=self.district.data or "",
            police_told=self.police_told.data,
            danger=self.danger.data,
            sharing=self.sharing.data,
            said=dict(self._said()),
        )

    def _ways(self) -> dict[str, PointAnswer]:
        """Each way exactly as it was answered; what was not asked stays not asked."""
        call, text = self.call.data or Safe.NOT_ASKED, self.text.data or Safe.NOT_ASKED
        voicemail = self.voicemail.data or Safe.NOT_ASKED
        found: dict[str, PointAnswer] = {}
        if self.phone.data:
            found[str(self.phone.data)] = PointAnswer(
                safe=call, call_ok=call, voicemail_ok=voicemail
            )
        if self.mobile.data:
            found[str(self.mobile.data)] = PointAnswer(
                safe=Safe.YES if Safe.YES in {call, text} else call,
                call_ok=Safe.NO if call is not Safe.YES and text is Safe.YES else call,
                text_ok=text,
                voicemail_ok=voicemail,
            )
        if self.email.data:
            found[self.email.data] = PointAnswer(safe=self.mail.data or Safe.NOT_ASKED)
        return found

    def _helper(self) -> Helper:
        return Helper(
            name=self.helper_name.data,
            relation=self.helper_relation.data or "",
            phone=str(self.helper_phone.data or ""),
        )

    def _said(self) -> Iterator[tuple[str, str]]:
        for name in FOR_TRIAGE:
            if words := in_words(self[name]):
                yield str(self[name].label.text), words
        for key, words in (("reason", self.words.data), ("notes", self.more.data)):
            if words:
                yield key, words


def _good(box: Field) -> str:
    """What stands in a box, where it can be read."""
    return "" if box.errors or box.process_errors else str(box.data or "")
