"""How a case, a crime or a victim is named beside an owner of numbers."""

from __future__ import annotations

from beacon.core.sealed import blind_index

OF_VICTIM = "victim:"


def of_case(case_id: int) -> str:
    """The name of a case."""
    return f"case:{case_id}"


def of_crime(reference: str) -> str:
    """The name of a crime: a keyed index of its reference, since it may have no case yet."""
    return f"crime:{blind_index('crime', reference)}"


def of_victim(victim_id: int) -> str:
    """The name of a victim: whoever is beside them belongs to each of their cases."""
    return f"{OF_VICTIM}{victim_id}"
