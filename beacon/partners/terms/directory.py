"""The words of the directory: what a service does, where, and for which crimes."""

from __future__ import annotations

from enum import StrEnum


class ServiceKind(StrEnum):
    """What sort of help a service gives."""

    ADVOCACY = "advocacy"
    COUNSELLING = "counselling"
    REFUGE = "refuge"
    HOUSING = "housing"
    HOME_SECURITY = "home_security"
    HEALTH = "health"
    SUBSTANCES = "substances"
    MONEY = "money"
    LEGAL = "legal"
    YOUNG_PEOPLE = "young_people"
    BEREAVEMENT = "bereavement"
    COMMUNITY = "community"
    RESTORATIVE = "restorative"
    PERPETRATOR_PROGRAMME = "perpetrator_programme"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return KIND_LABELS[self]

    @property
    def is_for_victims(self) -> bool:
        """Whether it may stand in a directory for victims: a programme for those who harmed them
        never does."""
        return self is not ServiceKind.PERPETRATOR_PROGRAMME


KIND_LABELS: dict[ServiceKind, str] = {
    ServiceKind.ADVOCACY: "Advocacy and support",
    ServiceKind.COUNSELLING: "Counselling and therapy",
    ServiceKind.REFUGE: "Refuge",
    ServiceKind.HOUSING: "Housing advice",
    ServiceKind.HOME_SECURITY: "Home security",
    ServiceKind.HEALTH: "Health",
    ServiceKind.SUBSTANCES: "Drugs and alcohol",
    ServiceKind.MONEY: "Money and debt",
    ServiceKind.LEGAL: "Legal advice",
    ServiceKind.YOUNG_PEOPLE: "Children and young people",
    ServiceKind.BEREAVEMENT: "Bereavement",
    ServiceKind.COMMUNITY: "Company and activities",
    ServiceKind.RESTORATIVE: "Restorative justice",
    ServiceKind.PERPETRATOR_PROGRAMME: "Programme for perpetrators",
}


class District(StrEnum):
    """The ten districts of the county."""

    BROXBOURNE = "broxbourne"
    DACORUM = "dacorum"
    EAST_HERTS = "east_herts"
    HERTSMERE = "hertsmere"
    NORTH_HERTS = "north_herts"
    ST_ALBANS = "st_albans"
    STEVENAGE = "stevenage"
    THREE_RIVERS = "three_rivers"
    WATFORD = "watford"
    WELWYN_HATFIELD = "welwyn_hatfield"

    @property
    def label(self) -> str:
        """The district as a page says it."""
        return self.value.replace("_", " ").title()

    @classmethod
    def of(cls, words: str) -> District | None:
        """The district that these words name, as a list of ours or of the police writes it."""
        key = "_".join(words.lower().replace("hertfordshire", "herts").split())
        return cls(key) if key in set(cls) else None


class CrimeType(StrEnum):
    """For victims of which crimes a service is."""

    DOMESTIC_ABUSE = "domestic_abuse"
    SEXUAL = "sexual"
    STALKING = "stalking"
    VIOLENCE = "violence"
    HATE = "hate"
    BEREAVED = "bereaved"
    SLAVERY = "slavery"
    THEFT = "theft"
    FRAUD = "fraud"
    ASB = "asb"

    @property
    def label(self) -> str:
        """The crime as a page says it."""
        return CRIME_LABELS[self]


CRIME_LABELS: dict[CrimeType, str] = {
    CrimeType.DOMESTIC_ABUSE: "Domestic abuse",
    CrimeType.SEXUAL: "Sexual offences",
    CrimeType.STALKING: "Stalking and harassment",
    CrimeType.VIOLENCE: "Violence and threats",
    CrimeType.HATE: "Hate crime",
    CrimeType.BEREAVED: "Bereavement by crime",
    CrimeType.SLAVERY: "Modern slavery",
    CrimeType.THEFT: "Burglary, robbery and theft",
    CrimeType.FRAUD: "Fraud",
    CrimeType.ASB: "Anti-social behaviour",
}
