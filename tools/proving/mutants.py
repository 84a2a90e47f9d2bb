"""What mutmut would alter in some files, by name; and each alteration as a difference."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name


def listed(files: Iterable[str]) -> list[str]:
    """The names of the alterations of these files."""
    return [
        get_mutant_name(Path(file), name)
        for file in files
        for name in mutate_file_contents(file, Path(file).read_text("utf-8")).mutant_names
    ]


def shown(names: Iterable[str]) -> list[tuple[str, str]]:
    """What each alteration changes, without the heads of the files."""
    return [
        (name, changed(get_diff_for_mutant(name, path=find_mutant(name).path))) for name in names
    ]


def changed(difference: str) -> str:
    """The lines that went and the lines that came."""
    lines = [line for line in difference.splitlines() if line[:1] in {"+", "-"}]
    return "\n".join(line for line in lines if not line.startswith(("+++", "---")))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps(listed(words) if verb == "list" else shown(words)))
