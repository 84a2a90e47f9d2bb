"""The made-up directory: what agencies offer to victims in the ten districts."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.cases.terms import NeedCategory as Need
from beacon.partners.terms import CrimeType as Crime
from beacon.partners.terms import District, ServiceKind
from beacon.seed.words import PARTNERS

REFUGE, SAFER_HOMES = PARTNERS
NORTH = (
    District.BROXBOURNE, District.EAST_HERTS, District.NORTH_HERTS, District.STEVENAGE,
    District.WELWYN_HATFIELD,
)  # fmt: skip
SOUTH = tuple(one for one in District if one not in NORTH)


@dataclass(frozen=True)
class Listed:
    """One service as it stands in the directory."""

    agency: str
    name: str
    kind: ServiceKind
    needs: tuple[Need, ...]
    crimes: tuple[Crime, ...] = ()
    districts: tuple[District, ...] = ()
    ages: tuple[int | None, int | None] = (None, None)
    weeks: int | None = None
    how: str = "Ring the duty desk, or refer here."


SERVICES: tuple[Listed, ...] = (
    Listed(REFUGE, "Refuge places", ServiceKind.REFUGE, (Need.SHELTER,),
           (Crime.DOMESTIC_ABUSE, Crime.STALKING), ages=(16, None), weeks=1),
    Listed(REFUGE, "Support at home", ServiceKind.ADVOCACY, (Need.SHELTER, Need.OUTLOOK),
           (Crime.DOMESTIC_ABUSE,), ages=(16, None), weeks=2),
    Listed(REFUGE, "Talking after abuse", ServiceKind.COUNSELLING, (Need.HEALTH, Need.OUTLOOK),
           (Crime.DOMESTIC_ABUSE, Crime.SEXUAL), ages=(18, None), weeks=9),
    Listed(SAFER_HOMES, "Locks and lights", ServiceKind.HOME_SECURITY, (Need.SHELTER,), weeks=2),
    Listed(SAFER_HOMES, "Neighbours who call in", ServiceKind.COMMUNITY, (Need.SOCIAL,),
           ages=(60, None), weeks=3),
    Listed("Lantern Counselling", "Counselling, north", ServiceKind.COUNSELLING, (Need.HEALTH,),
           districts=NORTH, ages=(18, None), weeks=7),
    Listed("Lantern Counselling", "Counselling, south", ServiceKind.COUNSELLING, (Need.HEALTH,),
           districts=SOUTH, ages=(18, None), weeks=11),
    Listed("Lantern Counselling", "Young people's room", ServiceKind.YOUNG_PEOPLE,
           (Need.HEALTH, Need.FAMILY, Need.EDUCATION), ages=(11, 17), weeks=6),
    Listed("Countywide Sexual Violence Line", "Advisers after sexual violence",
           ServiceKind.ADVOCACY, (Need.HEALTH, Need.OUTLOOK), (Crime.SEXUAL,), weeks=1),
    Listed("Ermine Street Advice", "Money and debt", ServiceKind.MONEY, (Need.FINANCE,), weeks=2),
    Listed("Ermine Street Advice", "After a scam", ServiceKind.MONEY, (Need.FINANCE, Need.OUTLOOK),
           (Crime.FRAUD,), weeks=1),
    Listed("Together Against Hate", "Somebody beside you", ServiceKind.ADVOCACY,
           (Need.OUTLOOK, Need.SOCIAL), (Crime.HATE, Crime.ASB), weeks=2),
    Listed("Clearwater Recovery", "Drugs and alcohol, for victims", ServiceKind.SUBSTANCES,
           (Need.SUBSTANCES, Need.HEALTH), ages=(18, None), weeks=4),
    Listed("Snowdrop Bereavement", "After a death by crime", ServiceKind.BEREAVEMENT,
           (Need.HEALTH, Need.FAMILY), (Crime.BEREAVED,), weeks=3),
    Listed("Housing Rights Herts", "Housing and tenancy advice", ServiceKind.HOUSING,
           (Need.SHELTER, Need.FINANCE), weeks=1),
    Listed("Housing Rights Herts", "Duty desk at the court", ServiceKind.LEGAL, (Need.SHELTER,),
           districts=(District.WATFORD, District.ST_ALBANS)),
)  # fmt: skip
