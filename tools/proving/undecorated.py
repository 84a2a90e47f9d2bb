"""Writes `@wraps(view) def guarded` as `guarded = wraps(view)(guarded)`: it means the same.

Code under a decorator is not altered by mutmut, and the guard of every page is such code. Methods
are left alone: `@property` and its like are words of the class.
"""

from __future__ import annotations

from pathlib import Path

import libcst as cst


class Undecorated(cst.CSTTransformer):
    """Puts each decorator of a function below it."""

    def __init__(self) -> None:
        self._inside: list[type[cst.CSTNode]] = [cst.Module]

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        """What follows is said by a class."""
        self._inside.append(cst.ClassDef)

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.CSTNode:
        """Decorators of a class stay."""
        self._inside.pop()
        return updated_node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """What follows is said by a function."""
        self._inside.append(cst.FunctionDef)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode]:
        """A function without its decorators, and under it the call that they stand for."""
        self._inside.pop()
        if self._inside[-1] is cst.ClassDef or not updated_node.decorators:
            return updated_node
        made: cst.BaseExpression = updated_node.name
        for decorator in reversed(updated_node.decorators):
            made = cst.Call(decorator.decorator, [cst.Arg(made)])
        given = cst.Assign([cst.AssignTarget(updated_node.name)], made)
        return cst.FlattenSentinel(
            [updated_node.with_changes(decorators=[]), cst.SimpleStatementLine([given])]
        )


def undecorate(path: Path) -> None:
    """Rewrite one file."""
    path.write_text(cst.parse_module(path.read_text("utf-8")).visit(Undecorated()).code, "utf-8")
