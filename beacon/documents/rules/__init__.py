"""What a file is and whether it is kept; the words of letters."""

from beacon.core.letters import gaps, normal_words
from beacon.documents.rules.kinds import MAX_BYTES, MAX_MEGABYTES, type_of
from beacon.documents.rules.letters import paragraphs, words_to_begin
from beacon.documents.rules.naming import name_to_save, name_to_show

__all__ = [
    "MAX_BYTES",
    "MAX_MEGABYTES",
    "gaps",
    "name_to_save",
    "name_to_show",
    "normal_words",
    "paragraphs",
    "type_of",
    "words_to_begin",
]
