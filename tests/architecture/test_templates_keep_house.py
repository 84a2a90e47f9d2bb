"""What must not be found in a template, read from its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import COMMENT, JINJA, ROOT, name_of, templates, without_jinja

SHARED = re.compile(r"base\.html|(?:macros|errors|widgets)/[a-z0-9_/-]+\.html")
FROM = re.compile(r"\{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+(.*?)-?%\}", re.DOTALL)
WHOLE = re.compile(r"\{%-?\s*import\s+[\"'][^\"']+[\"']\s+as\s+(\w+)")
FORM = re.compile(r"<form\b(.*?)</form>", re.DOTALL | re.IGNORECASE)
GET = re.compile(r"""\bmethod\s*=\s*["']?get\b""", re.IGNORECASE)
TRUSTED = re.compile(r"\|\s*safe\b|\bMarkup\b|autoescape\s+false")
INLINE = (
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    re.compile(r"""\b(?:href|src|action)\s*=\s*["']?\s*javascript:""", re.IGNORECASE),
)
# The same by way of a macro's dictionary of attributes.
INLINE_BY_MACRO = re.compile(r"""["'](?:style|on[a-z]{3,})["']\s*:""")


TAG = re.compile(r"""<[a-z][a-z0-9-]*\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
VALUE = re.compile(r"""\s[a-z][a-z0-9-]*=(?!["'])""", re.IGNORECASE)
QUOTED = re.compile(r"""=("[^"]*"|'[^']*')""")


def texts() -> list[tuple[str, str]]:
    """Every template with its name, without its comments."""
    return [(name_of(path), COMMENT.sub("", path.read_text("utf-8"))) for path in templates()]


def feature_of(path: Path) -> tuple[str, str]:
    """The feature a template lies in, and its path below that feature's templates."""
    parts = path.relative_to(ROOT / "beacon").parts
    return parts[0], "/".join(parts[parts.index("templates") + 1 :])


def test_every_template_path_begins_with_its_feature():
    lost = [
        name_of(path)
        for path in templates()
        for feature, below in [feature_of(path)]
        if not (SHARED.fullmatch(below) if feature == "web" else below.startswith(f"{feature}/"))
    ]
    assert templates()
    assert lost == []


@pytest.mark.proves("I-02")
def test_every_template_is_an_html_file():
    assert [name_of(path) for path in templates() if path.suffix != ".html"] == []


@pytest.mark.proves("I-02")
def test_no_template_trusts_text_that_it_was_given():
    assert [name for name, text in texts() if TRUSTED.search(text)] == []


@pytest.mark.proves("I-02")
def test_no_template_has_inline_style_or_script():
    found = [
        f"{name}: {pattern.pattern}"
        for name, text in texts()
        for pattern in INLINE
        if pattern.search(without_jinja(text))
    ]
    found += [f"{name}: by macro" for name, text in texts() if INLINE_BY_MACRO.search(text)]
    assert found == []


@pytest.mark.proves("I-02")
def test_every_attribute_of_a_template_is_quoted():
    bare = [
        f"{name}: {tag[:60]}"
        for name, text in texts()
        for tag in TAG.findall(_with_marks(text))
        if VALUE.search(QUOTED.sub("", tag))
    ]
    assert bare == []


def _with_marks(text: str) -> str:
    """The template with an X wherever something is put in, so that a value without quotes shows."""
    return JINJA.sub("X", text)


def macros_imported(text: str) -> set[str]:
    """The names under which a template knows the macros it imports."""
    names = set(WHOLE.findall(text))
    for clause in FROM.findall(text):
        words = re.sub(r"\s+(?:with|without)\s+context\s*$", "", clause.strip())
        names.update(part.split()[-1] for part in words.split(",") if part.strip())
    return names


def test_no_template_imports_a_macro_that_it_does_not_use():
    unused = [
        f"{name}: {macro}"
        for name, text in texts()
        for macro in sorted(macros_imported(text))
        if not re.search(rf"\b{macro}\b", WHOLE.sub("", FROM.sub("", text)))
    ]
    assert unused == []


def test_every_form_that_changes_something_carries_a_token():
    bare = [
        name
        for name, text in texts()
        for form in FORM.findall(text)
        if not GET.search(form.split(">")[0]) and "csrf_token" not in form
    ]
    assert bare == []


def test_page_form_is_what_writes_the_token():
    macros = (ROOT / "beacon/web/templates/macros/form.html").read_text("utf-8")
    page_form = macros.split("macro page_form", 1)[1].split("endmacro", 1)[0]
    assert "csrf_token" in page_form
