"""The boxes of casework."""

from beacon.cases.forms.access import (
    GlassForm,
    NameForm,
    RestrictForm,
)
from beacon.cases.forms.asking import (
    AnswerForm,
    AskAgainForm,
    AskForm,
    WithdrawRequestForm,
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
    ReceiptForm,
    TellForm,
)
from beacon.cases.forms.finding import (
    CaseFilter,
    SearchForm,
    WhyForm,
)
from beacon.cases.forms.telling_all import (
    TellAllForm,
)
from beacon.cases.forms.working import (
    RECORDED_ELSEWHERE,
    ContactForm,
    MilestoneForm,
    NeedsForm,
    ProposalAsideForm,
    ProposalForm,
    WithdrawForm,
)

__all__ = [
    "AnswerForm",
    "AskAgainForm",
    "AskForm",
    "RECORDED_ELSEWHERE",
    "AsideForm",
    "AssignForm",
    "CaseFilter",
    "CaseForm",
    "CategoryForm",
    "CloseForm",
    "ContactForm",
    "GlassForm",
    "HandOverForm",
    "MilestoneForm",
    "NameForm",
    "NeedsForm",
    "OnDutyForm",
    "ProposalAsideForm",
    "ProposalForm",
    "ReceiptForm",
    "ReopenForm",
    "RestrictForm",
    "SearchForm",
    "TellAllForm",
    "TellForm",
    "WhyForm",
    "WithdrawForm",
    "WithdrawRequestForm",
]
