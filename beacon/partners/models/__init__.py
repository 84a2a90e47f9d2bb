"""The tables of partner agencies, their services, and what is sent on to them."""

from beacon.partners.models.agencies import Agency, AgencyContact, ChampionTraining
from beacon.partners.models.directory import PartnerService
from beacon.partners.models.referrals import PartnerReferral, PartnerStep

__all__ = [
    "Agency",
    "AgencyContact",
    "ChampionTraining",
    "PartnerReferral",
    "PartnerService",
    "PartnerStep",
]
