"""The rules of what we write to victims: by which way, or why not; and in which words."""

from beacon.notices.rules.choosing import Known, age_of, chosen
from beacon.notices.rules.wording import SUBJECT, Facts, paragraphs

__all__ = ["SUBJECT", "Facts", "Known", "age_of", "chosen", "paragraphs"]
