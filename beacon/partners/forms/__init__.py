"""The boxes of agencies, the directory, and what is sent on."""

from beacon.partners.forms.agencies import (
    AgencyForm,
    ChampionForm,
    ContactForm,
    TrainingForm,
    VersionForm,
)
from beacon.partners.forms.directory import FindForm, ServiceChangeForm, ServiceForm
from beacon.partners.forms.sending import (
    AnswerForm,
    ChoiceChangeForm,
    ChoiceForm,
    DeclineForm,
    FinishForm,
    MessageForm,
    SendForm,
    TakeBackForm,
)

__all__ = [
    "AgencyForm",
    "AnswerForm",
    "ChampionForm",
    "ChoiceChangeForm",
    "ChoiceForm",
    "ContactForm",
    "DeclineForm",
    "FindForm",
    "FinishForm",
    "MessageForm",
    "SendForm",
    "ServiceChangeForm",
    "ServiceForm",
    "TakeBackForm",
    "TrainingForm",
    "VersionForm",
]
