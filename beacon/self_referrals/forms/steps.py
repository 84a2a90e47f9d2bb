"""Every page of the form by its step."""

from __future__ import annotations

from beacon.self_referrals.forms import after, how, what, who
from beacon.self_referrals.forms.ground import StepForm
from beacon.self_referrals.terms import Step

PAGES: tuple[type[StepForm], ...] = (
    who.ForForm,
    who.HelperForm,
    who.AgreedForm,
    who.NowForm,
    who.NameForm,
    who.BornForm,
    what.KindForm,
    what.StrandForm,
    what.WordsForm,
    what.WhenForm,
    what.WhereForm,
    what.PoliceForm,
    how.ReachForm,
    how.BestForm,
    how.VoicemailForm,
    how.TimesForm,
    after.NeedsForm,
    after.SupportForm,
    after.ShareForm,
)
FORMS: dict[Step, type[StepForm]] = {form.step: form for form in PAGES}
