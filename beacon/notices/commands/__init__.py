"""Writing to a victim, following what became of it, settling it, and printing letters."""

from beacon.notices.commands.delivering import ask_again, follow_notices
from beacon.notices.commands.printing import Printed, make_run, mark_posted, print_run
from beacon.notices.commands.settling import no_longer, not_needed, told
from beacon.notices.commands.writing import Asked, write

__all__ = [
    "Asked",
    "Printed",
    "ask_again",
    "follow_notices",
    "make_run",
    "mark_posted",
    "no_longer",
    "not_needed",
    "print_run",
    "told",
    "write",
]
