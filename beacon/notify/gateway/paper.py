"""The door that leads nowhere: the paper tray."""

from __future__ import annotations

from beacon.core.tray import TEXT, Tray
from beacon.notify.gateway.answers import Answer, Found, Letter
from beacon.notify.terms import AttemptEnd


class PaperGateway:
    """Nothing leaves: texts are laid in the paper tray."""

    def __init__(self, tray: Tray) -> None:
        self.tray = tray

    def send(self, letter: Letter) -> Answer:
        """Lay the text in the tray, as good as accepted."""
        try:
            self.tray.put(TEXT, token=letter.token, to=letter.to, body=letter.body)
        except OSError as full:
            return Answer(AttemptEnd.NOT_SENT, fault=type(full).__name__, is_down=True)
        return Answer(AttemptEnd.ACCEPTED, sid=f"SM{letter.token}", status="accepted")

    def find(self, to: str) -> list[Found]:
        """What lies in the tray for a number."""
        return [
            Found(f"SM{sheet.token}", "accepted", sheet.body, sheet.at, None)
            for sheet in self.tray.sheets()
            if sheet.kind == TEXT and sheet.to == to
        ]

    def look_up(self, sid: str) -> Found | None:
        """Paper reports nothing of its own."""
        return None

    def drift(self) -> float:
        """Paper has no clock of its own."""
        return 0.0

    def forget(self, sid: str) -> None:
        """What lies in the tray is sealed, and goes with the demonstration."""
