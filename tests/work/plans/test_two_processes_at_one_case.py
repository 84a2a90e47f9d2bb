"""Twenty threads in two processes at one case in one moment: nothing is lost, and one wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit import queries as audit
from beacon.audit.commands import audit_key
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile, TimelineEntry
from beacon.cases.terms import TimelineEvent
from beacon.core.db import db
from beacon.plans.models import Promise
from config import ROOT
from tests.factories import a_case, a_member_of_staff

pytestmark = pytest.mark.on_both

THREADS, PROCESSES = 10, 2
# Each thread gives the case to a manager of its own, and promises something of its own.
WORKER = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from beacon.accounts.models import Staff
from beacon.app import create_app
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.plans import commands as plans
from config import Config

app = create_app(Config.from_environment())
case_id, version, managers = json.loads(sys.argv[1])
actor, gate = machine("a test"), threading.Barrier(len(managers))

def one(manager_id):
    with app.app_context():
        case = db.session.get_one(CaseFile, case_id)
        manager = db.session.get_one(Staff, manager_id)
        gate.wait()
        said = "given"
        try:
            cases.assign_manager(case, manager, version=version, actor=actor)
        except RuleBroken as refusal:
            said = refusal.message
        day = clock.today() + timedelta(days=7)
        given = plans.PromiseGiven(words=f"Promise {manager_id}", due_on=day)
        plans.give_promise(case, given, actor=actor)
        return said

with app.app_context():
    db.session.connection()
    db.session.rollback()
print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(len(managers)) as pool:
    print(json.dumps(list(pool.map(one, managers))), flush=True)
"""


def a_process(app: Flask, *facts: object) -> subprocess.Popen[str]:
    """A process of this installation that begins once it is given the word."""
    config = app.config["BEACON"]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("BEACON_")}
    here = {"BEACON_INSTANCE": str(config.instance), "DATABASE_URL": config.database_url}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, json.dumps(facts)],
        cwd=Path(ROOT),
        env=mine | here | {"BEACON_LOG": "console"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.timeout(300)
@pytest.mark.proves("L-01")
def test_one_of_twenty_is_given_the_case_and_all_twenty_promises_are_kept(app: Flask):
    case = a_case()
    case_id, version = case.id, case.version
    managers = [a_member_of_staff().id for _ in range(THREADS * PROCESSES)]
    db.session.rollback()
    halves = (managers[:THREADS], managers[THREADS:])
    processes = [a_process(app, case_id, version, half) for half in halves]
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [one for process in processes for one in json.loads(process.communicate(timeout=120)[0])]
    db.session.rollback()
    row = db.session.get_one(CaseFile, case_id)
    assert said.count("given") == 1
    others = [one for one in said if one != "given"]
    assert len(others) == 19
    assert row.manager is not None
    assert set(others) == {f"{row.manager.name} has this case already. {STALE}"}
    assert row.version == version + 1
    given = sa.select(sa.func.count()).where(
        TimelineEntry.case_id == case_id, TimelineEntry.event == TimelineEvent.ASSIGNED
    )
    assert db.session.scalar(given) == 1
    written = sa.select(sa.func.count()).where(AuditEntry.action == "case.assigned")
    assert db.session.scalar(written) == 1
    promises = db.session.scalars(sa.select(Promise).where(Promise.case_id == case_id))
    assert sorted(one.words for one in promises) == sorted(f"Promise {one}" for one in managers)
    assert audit.verify(audit.keyed(audit_key())).ok


STALE = "Somebody else has changed this case since you opened the page. Look at it again."
