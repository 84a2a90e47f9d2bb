"""The one box of the search."""

from __future__ import annotations

from beacon.web.fields import InputRequired, StringField
from beacon.web.forms import BeaconForm

SEARCH_AT_MOST = 200


class SearchForm(BeaconForm):
    """What is known of a person or a case. Personal, so it is never in an address, nor kept."""

    keeps_draft = False
    words = StringField(
        "Find a person, a referral or a case",
        [
            InputRequired(
                "Enter a name, date of birth, reference, phone number, postcode or email address"
            )
        ],
        max_length=SEARCH_AT_MOST,
        in_errors="What you look for",
    )
