"""The pages of the public form, its door, and the one page for the person on the line."""

from beacon.self_referrals.forms.door import CodeForm, DeleteForm, SaveForm, SendForm, StartForm
from beacon.self_referrals.forms.ground import StepForm
from beacon.self_referrals.forms.phone import PhoneForm
from beacon.self_referrals.forms.steps import FORMS
from beacon.self_referrals.forms.telling import Section, page_of, sections, told_from, wrong_page

__all__ = [
    "FORMS",
    "CodeForm",
    "DeleteForm",
    "PhoneForm",
    "SaveForm",
    "Section",
    "SendForm",
    "StartForm",
    "StepForm",
    "page_of",
    "sections",
    "told_from",
    "wrong_page",
]
