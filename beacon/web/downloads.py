"""Files that leave: always saved, never opened in the page's own name."""

from __future__ import annotations

import io

from flask import Response, send_file


def attachment(content: bytes, name: str) -> Response:
    """A file for the person to save, which no browser may run (security.md H-09)."""
    response = send_file(
        io.BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=" ".join(name.split()) or "beacon",
        etag=False,
    )
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
