"""What was not scanned yet is shown to the scanner; what erased cases left behind is erased."""

from __future__ import annotations

from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.documents import commands, queries
from beacon.documents.terms import DocumentState
from beacon.feeds import scanning

SCANS = machine("scan-documents")
ERASES = machine("erase-documents")


@every(1, name="scan-documents", order=85)
def scan_documents() -> int:
    """Show some to the scanner, after the texts of the pass; stop where it does not answer."""
    done = 0
    for document_id in queries.unscanned(there_is_a_scanner=scanning.is_on()):
        if commands.scan(document_id, actor=SCANS) is DocumentState.WAITING:
            break
        done += 1
    return done


@every(60, name="erase-documents", order=88)
def erase_documents() -> int:
    """Erase the documents and letters of cases that were erased."""
    return commands.erase(actor=ERASES)
