"""Boxes of triage, of who somebody is, of narrowing the queue, and of sending a file in."""

from beacon.referrals.forms.deciding import (
    EndingForm,
    OrderForm,
    QueueForm,
    TriageForm,
    TryForm,
    UrgentForm,
    VersionedForm,
)
from beacon.referrals.forms.files import (
    CaseloadForm,
    CaseloadSheetForm,
    ConfirmCaseloadForm,
    ConfirmUploadForm,
    ThrowAwayForm,
    UploadForm,
)
from beacon.referrals.forms.identity import CutForm, WhoForm

__all__ = [
    "CaseloadForm",
    "CaseloadSheetForm",
    "ConfirmCaseloadForm",
    "ConfirmUploadForm",
    "CutForm",
    "EndingForm",
    "OrderForm",
    "QueueForm",
    "ThrowAwayForm",
    "TriageForm",
    "TryForm",
    "UploadForm",
    "UrgentForm",
    "VersionedForm",
    "WhoForm",
]
