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
    HistoryFilter,
    WhyForm,
)
from beacon.cases.forms.telling_all import (
    TellAllForm,
)
from beacon.cases.forms.wishes import (
    FactBackForm,
    OrderEndForm,
    OrderForm,
    StepForm,
    WishForm,
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
    "HistoryFilter",
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
    "FactBackForm",
    "GlassForm",
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
    "StepForm",
    "TellAllForm",
    "TellForm",
    "WhyForm",
    "WishForm",
    "WithdrawForm",
    "WithdrawRequestForm",
]
