"""Work done in processes beside this one, while this one goes on: so an import keeps two busy.

They are copies of this process, made when it holds no connection (fork), so that they know its keys
and its moment. They read the database by connections of their own, and write nothing: whatever they
make they hand back.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import structlog
from flask import Flask, current_app

from beacon.core.db import db, unwritten

Made = TypeVar("Made")
log = structlog.get_logger(__name__)
AT_MOST = 3
# A lot takes a second. What takes so long is not made any more, and is done here.
PATIENCE = 60.0


def worth_having() -> int:
    """How many such processes help: as many as processors, and none where there is but one."""
    if sys.platform != "linux":  # elsewhere a copy of a running process is not safe
        return 0
    processors = len(os.sched_getaffinity(0))
    return min(AT_MOST, processors) if processors > 1 else 0


class Beside(Generic[Made]):
    """So many processes that do one kind of work. To be opened outside a transaction."""

    def __init__(self, work: Callable[..., Made], number: int) -> None:
        self.number = number
        self._is_open = True
        db.session.rollback()
        db.engine.dispose()  # a copy must find no connection that is another's
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self._pool = ProcessPoolExecutor(
            number,
            mp_context=multiprocessing.get_context("fork"),
            initializer=_begin,
            initargs=(os.getpid(), app, work),
        )
        self._pool.submit(os.getpid)  # they are made now, while no connection is open

    def ask(self, *given: object) -> Future[Made] | None:
        """Have this work done; None once a process has failed."""
        if not self._is_open:
            return None
        try:
            return self._pool.submit(_do, *given)
        except BrokenProcessPool:
            self._fail()
            return None

    def answer(self, asked: Future[Made] | None) -> Made | None:
        """What was made; None where it was not, for whatever reason: then it is to be done here."""
        if asked is None or not self._is_open:
            return None
        try:
            fault = asked.exception(PATIENCE)
        except TooLong as late:
            fault = late
        if fault is None:
            return asked.result()
        log.warning("work beside failed", fault=type(fault).__name__)
        if isinstance(fault, (BrokenProcessPool, TooLong)):
            self._fail()
        return None  # what another fault is about comes up again where the work is done here

    def _fail(self) -> None:
        log.warning("a process beside failed", number=self.number)
        self._is_open = False
        self._end()

    def _end(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()


class _Work:
    """What this process does, once it has been begun as one beside another."""

    does: Callable[..., Any] | None = None


def _begin(parent: int, app: Flask, work: Callable[..., Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one is told, and ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(5)  # pages that are asked for meanwhile come first
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    app.app_context().push()
    db.engine.dispose(close=False)  # were there any, it would still be the other one's
    _Work.does = work
    gc.freeze()


def _do(*given: object) -> Any:
    assert _Work.does is not None
    with unwritten():
        return _Work.does(*given)


def _end_with(parent: int) -> None:
    """Outlive nobody: whoever is killed takes those beside it along."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
