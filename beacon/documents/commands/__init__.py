"""Keeping, scanning and removing documents; writing letters; putting a case on paper."""

from beacon.documents.commands.erasing import erase
from beacon.documents.commands.keeping import FileGiven, Given, add, change, remove
from beacon.documents.commands.letters import begin, drop, queue, take_back, write
from beacon.documents.commands.printing import put_on_paper
from beacon.documents.commands.scanning import scan

__all__ = [
    "FileGiven",
    "Given",
    "add",
    "begin",
    "change",
    "drop",
    "erase",
    "put_on_paper",
    "queue",
    "remove",
    "scan",
    "take_back",
    "write",
]
