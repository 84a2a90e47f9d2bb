"""What PostgreSQL is told on each connection, and the plans that a connection keeps."""

from __future__ import annotations

from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy.engine import Dialect

# Of statements that a connection may keep ready; a page asks some forty, its plans take memory.
KEPT_READY = 200
TOLD = (
    "SET statement_timeout = '15s'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET TIME ZONE 'UTC'",
)


class Connection(psycopg.Connection[Any]):
    """A connection that keeps its plans when it rolls back.

    Whoever only reads ends by rolling back, and psycopg then drops every statement that it has
    prepared: each page would be planned anew, which takes longer than answering it. A statement
    that was prepared lives as long as its session, whatever becomes of the transaction
    (PostgreSQL, PREPARE); only after a failure is psycopg left to clear up.
    """

    def rollback(self) -> None:
        """End the transaction without keeping what it wrote."""
        if self.pgconn.transaction_status == TransactionStatus.INTRANS:
            self.pgconn.exec_(b"ROLLBACK")
        super().rollback()  # nothing more, unless the server has not answered


def prepare_postgresql(engine: sa.Engine) -> None:
    """Bound every wait, so that one stuck statement never holds the desk; keep plans."""

    @sa.event.listens_for(engine, "do_connect")
    def do_connect(
        dialect: Dialect, record: object, given: list[Any], named: dict[str, Any]
    ) -> Connection:
        return Connection.connect(*given, **named)

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Connection, record: object) -> None:
        connection.prepared_max = KEPT_READY
        with connection.cursor() as cursor:
            for order in TOLD:
                cursor.execute(order)
        connection.commit()
