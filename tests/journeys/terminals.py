"""Other processes of the same installation, each as if at a terminal of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from flask import Flask

from tests.provider.process import ROOT, Provider
from tests.provider.several import environment


def at_one_moment(app: Flask, provider: Provider, *words: str, terminals: int = 2) -> list[Any]:
    """Give one command in several processes at once; what each says with --json."""
    order = [sys.executable, "-m", "flask", *words, "--json"]
    running = [
        subprocess.Popen(
            order,
            cwd=ROOT,
            env=environment(app, provider),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(terminals)
    ]
    said = [process.communicate(timeout=240) for process in running]
    for process, (_, complaint) in zip(running, said, strict=True):
        assert process.returncode == 0, complaint
    return [json.loads(words) for words, _ in said]
