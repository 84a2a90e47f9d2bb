"""The boxes of casework."""

from beacon.cases.forms.deciding import AssignForm, CaseForm, CategoryForm, CloseForm, ReopenForm
from beacon.cases.forms.duties import AsideForm, ReceiptForm, TellForm
from beacon.cases.forms.finding import CaseFilter, SearchForm, WhyForm
from beacon.cases.forms.working import (
    ContactForm,
    MilestoneForm,
    NeedsForm,
    ProposalAsideForm,
    ProposalForm,
    WithdrawForm,
)

__all__ = [
    "AsideForm",
    "AssignForm",
    "CaseFilter",
    "CaseForm",
    "CategoryForm",
    "CloseForm",
    "ContactForm",
    "MilestoneForm",
    "NeedsForm",
    "ProposalAsideForm",
    "ProposalForm",
    "ReceiptForm",
    "ReopenForm",
    "SearchForm",
    "TellForm",
    "WhyForm",
    "WithdrawForm",
]
