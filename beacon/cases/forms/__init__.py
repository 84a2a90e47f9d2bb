"""The boxes of casework."""

from beacon.cases.forms.access import (
    GlassForm,
    NameForm,
    RestrictForm,
)
from beacon.cases.forms.deciding import (
    AssignForm,
    CaseForm,
    CategoryForm,
    CloseForm,
    HandOverForm,
    ReopenForm,
)
from beacon.cases.forms.duties import (
    AsideForm,
    OnDutyForm,
    PauseForm,
    ReceiptForm,
    TellForm,
)
from beacon.cases.forms.finding import (
    CaseFilter,
    SearchForm,
    WhyForm,
)
from beacon.cases.forms.wishes import (
    FactBackForm,
    OrderEndForm,
    OrderForm,
    StepForm,
    WishForm,
)
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
    "FactBackForm",
    "GlassForm",
    "HandOverForm",
    "MilestoneForm",
    "NameForm",
    "NeedsForm",
    "OnDutyForm",
    "OrderEndForm",
    "OrderForm",
    "ProposalAsideForm",
    "ProposalForm",
    "PauseForm",
    "ReceiptForm",
    "ReopenForm",
    "RestrictForm",
    "SearchForm",
    "StepForm",
    "TellForm",
    "WhyForm",
    "WishForm",
    "WithdrawForm",
]
