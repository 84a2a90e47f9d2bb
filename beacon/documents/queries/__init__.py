"""What can be asked of documents and letters, and a case as it is put on paper."""

from beacon.documents.queries.letters import LetterRow, letter_hindrance, letters_of, words_on_paper
from beacon.documents.queries.on_paper import OnPaper, on_paper
from beacon.documents.queries.papers import (
    content_of,
    documents_of,
    in_erased_cases,
    letters_in_erased_cases,
    unscanned,
)

__all__ = [
    "LetterRow",
    "OnPaper",
    "content_of",
    "documents_of",
    "in_erased_cases",
    "letter_hindrance",
    "letters_in_erased_cases",
    "letters_of",
    "on_paper",
    "unscanned",
    "words_on_paper",
]
