"""What must hold for every address that the app answers, asked of the app itself."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from beacon.core import roles
from beacon.web import navigation
from beacon.web.guard import ANY_SIGNED_IN
from tests.architecture.tree import dotted, modules, name_of, parsed, templates

# Who has not signed in may ask for these, and for nothing else. A new line here is a decision.
OPEN = {
    "/static/<path:filename>",
    "/sign-in",
    "/forgotten-password",
    "/set-password/<token>",
    "/healthz",
    "/readyz",
    "/metrics",
    "/csp-report",
    "/hooks/twilio/status/<token>",
    "/hooks/twilio/inbound",
    "/calendar/<token>",  # the secret of whose calendar it is
    "/api/v1/referrals",  # by a token of its own (api/scope.py)
    "/api/v1/openapi.json",
    # People who come by themselves have no account.
    "/refer",
    "/refer/<page>",
    "/refer/ask-first",
    "/refer/check",
    "/refer/danger",
    "/refer/delete",
    "/refer/hide",
    "/refer/leave",
    "/refer/privacy",
    "/refer/return",
    "/refer/return/<code>",
    "/refer/save",
    "/refer/sent",
    # Nor have people who are asked how we did: a link that works once is all they hold.
    "/q/<token>",
    "/q/check",
    "/q/leave",
    "/q/page/<name>",
    "/q/privacy",
    "/q/thanks",
}
# Commands that a page may give while it only shows: what was read is itself written down.
# A link that opens nothing is counted, so that links cannot be guessed.
SHOWING = {"shown", "refused", "keep_pace", "note_wrong_link"}
CONVERTERS = {
    "UnicodeConverter": "str",
    "PathConverter": "str",
    "NumberInAddress": "int",
    "FloatConverter": "float",
}
ASKS_FOR_AN_ANSWER = re.compile(r"submitted_well|validate_on_submit|method|is_confirmed")
ENDPOINT = re.compile(r"[a-z_]+\.[a-z_]+")
URL_FOR = re.compile(r"url_for\(\s*[\"']([\w.]+)[\"']")


def rules(app: Flask) -> list[Rule]:
    """Every address of the app."""
    return list(app.url_map.iter_rules())


def address(rule: Rule) -> str:
    """The address of a rule as people write it: a part that varies is text unless it says so."""
    return rule.rule.replace("<string:", "<")


def view_of(app: Flask, rule: Rule) -> Any:  # a view carries marks that no type knows
    """The function that answers an address."""
    return app.view_functions[rule.endpoint]


def permission_of(app: Flask, rule: Rule) -> object:
    """The stamp that permission_required left on the view."""
    return getattr(view_of(app, rule), "permission", None)


def is_open(app: Flask, rule: Rule) -> bool:
    """Whether anyone may ask for this address, by the stamp or because it is a file of ours."""
    is_file = rule.endpoint.rpartition(".")[2] == "static"
    return is_file or getattr(view_of(app, rule), "open_to_all", False)


@pytest.mark.proves("Z-01")
def test_every_route_has_a_permission_or_is_on_the_open_list(app: Flask):
    bare = [
        rule.rule
        for rule in rules(app)
        if permission_of(app, rule) is None and address(rule) not in OPEN
    ]
    assert bare == []


@pytest.mark.proves("Z-01")
def test_nothing_is_open_that_is_not_on_the_open_list(app: Flask):
    assert {address(rule) for rule in rules(app) if is_open(app, rule)} - OPEN == set()


@pytest.mark.proves("Z-01")
def test_every_open_view_is_really_there(app: Flask):
    assert OPEN - {address(rule) for rule in rules(app) if is_open(app, rule)} == set()


def test_every_permission_on_a_route_is_granted_to_somebody(app: Flask):
    stamps = {permission_of(app, rule) for rule in rules(app)} - {None, ANY_SIGNED_IN}
    granted = roles.granted()
    assert [stamp for stamp in stamps if not granted.get(str(stamp))] == []


@pytest.fixture
def parameters(app: Flask) -> list[tuple[str, str, str, str]]:
    """Each part of an address that varies: what it yields, and what its view takes."""
    found = []
    for rule in rules(app):
        if rule.endpoint.rpartition(".")[2] == "static":
            continue
        taken = inspect.signature(view_of(app, rule)).parameters
        for name, converter in rule._converters.items():
            annotation = taken[name].annotation if name in taken else ""
            given = CONVERTERS.get(type(converter).__name__, annotation)
            found.append((rule.rule, name, given, str(annotation)))
    return found


def test_every_part_of_an_address_is_typed_as_its_view_takes_it(
    parameters: list[tuple[str, str, str, str]],
):
    assert [found for found in parameters if found[2] != found[3] or not found[3]] == []


def definition(view: Callable[..., Any]) -> tuple[Path, ast.FunctionDef]:
    """The source of a view: its module and its syntax."""
    function = inspect.unwrap(view)
    path = Path(inspect.getsourcefile(function) or "")
    named = [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name == function.__name__
    ]
    return path, named[0]


def command_names(module: ast.Module) -> set[str]:
    """The names under which a module of routes knows commands: modules and functions."""
    known = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            of_commands = ".commands" in f".{node.module}."
            known.update(
                alias.asname or alias.name
                for alias in node.names
                if of_commands or alias.name == "commands"
            )
    return known


def gives_a_command(node: ast.AST, known: set[str], local: dict[str, ast.FunctionDef]) -> bool:
    """Whether anything below this node gives a command, by itself or by a function beside it."""
    for call in (found for found in ast.walk(node) if isinstance(found, ast.Call)):
        name = dotted(call.func)
        if name.rpartition(".")[2] in SHOWING:
            continue
        if name.split(".")[0] in known and not name.split(".")[-1][:1].isupper():
            return True
        beside = local.get(name)
        if beside is not None and beside is not node:
            rest = {key: value for key, value in local.items() if key != name}
            if gives_a_command(beside, known, rest):
                return True
    return False


def unanswered(statements: list[ast.stmt]) -> Iterator[ast.AST]:
    """What a view does when nobody has sent it an answer."""
    for statement in statements:
        if isinstance(statement, ast.If) and ASKS_FOR_AN_ANSWER.search(ast.unparse(statement.test)):
            if isinstance(statement.test, ast.UnaryOp):
                yield from statement.body
                return
            yield from unanswered(statement.orelse)
        else:
            yield statement


def commands_on_get(app: Flask, rule: Rule) -> bool:
    """Whether showing this page changes something."""
    path, function = definition(view_of(app, rule))
    module = parsed(path)
    local = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    known = command_names(module)
    body = function.body if rule.methods and "POST" in rule.methods else [function]
    return any(gives_a_command(part, known, local) for part in unanswered(body))


def test_no_page_changes_anything_when_it_is_only_asked_for(app: Flask):
    changing = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in rules(app)
        if "GET" in (rule.methods or ())
        and view_of(app, rule).__module__.startswith("beacon.")
        and commands_on_get(app, rule)
    ]
    assert changing == []


def endpoints_named_in_templates() -> set[str]:
    """Every endpoint that some page leads to."""
    return {
        endpoint for path in templates() for endpoint in URL_FOR.findall(path.read_text("utf-8"))
    }


def endpoints_named_in_code() -> set[str]:
    """Every endpoint that some module leads to: navigation, redirects, links in tables."""
    return {
        node.value
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ENDPOINT.fullmatch(node.value)
    }


def test_every_page_in_the_navigation_exists(app: Flask):
    named = {item.endpoint for item in navigation.registered(app)}
    assert named
    assert named - set(app.view_functions) == set()


@pytest.mark.proves("Z-27")
def test_the_navigation_shows_a_place_to_those_who_may_open_it_and_to_no_others(app: Flask):
    unlike = [
        item.label
        for item in navigation.registered(app)
        if (item.permission or ANY_SIGNED_IN)
        != getattr(app.view_functions[item.endpoint], "permission", None)
    ]
    assert unlike == []


def test_every_link_in_a_template_leads_to_a_page(app: Flask):
    named = {name for name in endpoints_named_in_templates() if not name.startswith(".")}
    assert named - set(app.view_functions) == set()


def test_every_page_for_staff_can_be_reached_from_another(app: Flask):
    reached = endpoints_named_in_templates() | endpoints_named_in_code()
    relative = {name.lstrip(".") for name in reached if name.startswith(".")}
    lost = [
        rule.rule
        for rule in rules(app)
        if "GET" in (rule.methods or ())
        and permission_of(app, rule) is not None
        and rule.endpoint not in reached
        and rule.endpoint.rpartition(".")[2] not in relative
    ]
    assert lost == []


def test_no_route_is_longer_than_a_screen(app: Flask):
    long = {}
    for rule in rules(app):
        if view_of(app, rule).__module__.startswith("beacon."):
            path, function = definition(view_of(app, rule))
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > 40:
                long[f"{name_of(path)}: {function.name}"] = lines
    assert long == {}
