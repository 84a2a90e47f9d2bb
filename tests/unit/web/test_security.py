"""What every answer carries, and which requests no page ever sees."""

from __future__ import annotations

import json

import pytest
from flask import Flask

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; manifest-src 'self'; report-uri /csp-report"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
    "Server": "Beacon",
}
PAGES = [
    "/list",
    "/vault",
    "/nowhere",
    "/act",
    "/refuse/400",
    "/refuse/413",
    "/refuse/429",
    "/refuse/503",
    "/refuse/rule",
    "/refuse/down",
    "/refuse/fault",
    "/static/nowhere.css",
    "/static/beacon.css",
]
CURL = {"User-Agent": "curl"}


@pytest.mark.proves("H-01", "H-04", "H-05", "H-08", "H-10", "H-11")
@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers(address: str, signed_in: Flask) -> None:
    answer = signed_in.test_client().get(address)
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert not [name for name, value in answer.headers if "Access-Control" in name]


@pytest.mark.proves("H-01", "H-05")
def test_a_redirect_carries_them_too(signed_out: Flask) -> None:
    answer = signed_out.test_client().get("/list")
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.proves("C-07", "H-01")
def test_a_wrong_host_is_refused_with_headers(in_service: Flask) -> None:
    answer = in_service.test_client().get("/list", headers={"Host": "evil.example.org"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert b"evil" not in answer.data


@pytest.mark.proves("H-05")
def test_files_named_by_their_content_are_kept_by_the_browser(signed_in: Flask) -> None:
    client = signed_in.test_client()
    page = client.get("/list").get_data(as_text=True)
    addresses = [part.split('"')[0] for part in page.replace('src="', 'href="').split('href="')[1:]]
    files = [address for address in addresses if address.startswith("/static/")]
    assert len(files) == 7
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
    assert client.get("/static/beacon.css?v=0").headers["Cache-Control"] == "no-store"


def test_a_page_links_nothing_elsewhere_and_runs_nothing_inline(signed_in: Flask) -> None:
    page = signed_in.test_client().get("/list").get_data(as_text=True)
    assert "http" not in page.replace("http-equiv", "")
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.proves("C-01")
def test_a_form_without_its_token_is_refused_and_keeps_what_was_typed(signed_in: Flask) -> None:
    typed = {"note": "<b>long words</b>", "password": "hunter2", "otp_code": "123456"}
    answer = signed_in.test_client().post("/act", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "&lt;b&gt;long words&lt;/b&gt;" in page
    assert "hunter2" not in page
    assert "123456" not in page


@pytest.mark.proves("C-03")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example.org"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], signed_in: Flask) -> None:
    assert signed_in.test_client().post("/act", headers=headers).status_code == 403


@pytest.mark.proves("C-03")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_our_own_form_comes_as_far_as_its_token(headers: dict[str, str], signed_in: Flask) -> None:
    answer = signed_in.test_client().post("/act", headers=headers)
    assert answer.status_code == 400
    assert b"Your form could not be accepted" in answer.data


def test_a_machine_needs_no_token_and_no_origin(signed_in: Flask) -> None:
    answer = signed_in.test_client().post("/hook", headers={"Origin": "null"})
    assert (answer.status_code, answer.data) == (200, b"taken")


@pytest.mark.proves("H-07")
def test_in_service_plain_http_is_sent_to_https(in_service: Flask) -> None:
    client = in_service.test_client()
    there = {"Host": "beacon.example.org"}
    answer = client.get("/list", headers=there)
    assert (answer.status_code, answer.location) == (301, "https://beacon.example.org/list")
    assert client.post("/hook", headers=there).status_code == 403


@pytest.mark.proves("H-07")
def test_in_service_https_is_promised_for_a_year(in_service: Flask) -> None:
    answer = in_service.test_client().get("/list", base_url="https://beacon.example.org")
    promised = answer.headers["Strict-Transport-Security"]
    assert promised == "max-age=31536000; includeSubDomains"


def test_the_demonstration_promises_no_https(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/list", base_url="https://localhost")
    assert "Strict-Transport-Security" not in answer.headers
    assert b"Demonstration: made-up people" in answer.data


@pytest.mark.proves("H-09", "I-18")
def test_a_download_is_saved_and_never_run(signed_in: Flask) -> None:
    answer = signed_in.test_client().get("/file")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "X-Evil" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def report(**said: str) -> bytes:
    """What a browser posts when a page breaks the policy."""
    return json.dumps({"csp-report": {"document-uri": "/cases/BCN-7K2M4", **said}}).encode()


@pytest.mark.proves("H-12")
def test_each_kind_of_report_is_written_down_once(
    signed_in: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in.test_client()
    for _ in range(50):
        body = report(**{"effective-directive": "img-src", "blocked-uri": "https://x.example.org"})
        assert client.post("/csp-report", data=body).status_code == 204
    assert [record.kind for record in caplog.records if hasattr(record, "kind")] == [
        "img-src https"
    ]
    assert "BCN-7K2M4" not in caplog.text


@pytest.mark.proves("H-12")
@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"\xff", 400), (b"[" * 4000, 400), (b"{}" + b" " * 9000, 413), (b"[1,2]", 204)],
)
def test_a_report_that_is_none_does_no_harm(body: bytes, status: int, signed_in: Flask) -> None:
    assert signed_in.test_client().post("/csp-report", data=body).status_code == status


@pytest.mark.proves("H-12")
def test_ten_thousand_reports_fill_no_log_and_put_nothing_into_it(
    signed_in: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    signed_in.extensions["beacon_csp_kinds"].clear()
    client = signed_in.test_client()
    for n in range(1_000):
        batch = [
            {
                "body": {
                    "effectiveDirective": f"{'abcdefghij'[m]}{n:x}-<script>\r\n",
                    "blockedURL": "x",
                }
            }
            | {"type": "csp-violation", "url": "/cases/BCN-7K2M4"}
            for m in range(5)
        ]
        batch += [{"body": {"effectiveDirective": f"d-{chr(97 + m)}-{chr(97 + n % 26)}"
                            + chr(97 + n // 26 % 26)}} for m in range(5)]  # fmt: skip
        assert client.post("/csp-report", data=json.dumps(batch)).status_code == 204
    said = [record.kind for record in caplog.records if hasattr(record, "kind")]
    assert len(said) == len(set(said)) <= 200
    assert not [kind for kind in said if "<" in kind or "\n" in kind or "BCN" in kind]


@pytest.mark.proves("C-07")
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example.org"},
        {"Host": ""},
        {"Host": "beacon.example.org.evil.example.org"},
        {"Host": "beacon.example.org, evil.example.org"},
        {"Host": "evil.example.org", "X-Forwarded-Host": "beacon.example.org"},
        {"Host": "beacon.example.org@evil.example.org"},
    ],
)
def test_only_our_own_name_is_answered_to(headers: dict[str, str], in_service: Flask) -> None:
    answer = in_service.test_client().get(
        "/list", base_url="https://beacon.example.org", headers=headers
    )
    assert answer.status_code == 400
    assert b"evil" not in answer.data


@pytest.mark.proves("C-07")
def test_no_header_moves_where_we_lead(in_service: Flask) -> None:
    headers = {"X-Forwarded-Host": "evil.example.org", "Forwarded": "host=evil.example.org"}
    headers |= {"X-Original-Host": "evil.example.org", "X-Forwarded-Prefix": "/evil"}
    client = in_service.test_client()
    answer = client.get("/nowhere", base_url="https://beacon.example.org", headers=headers)
    assert b"evil" not in answer.data
    led = client.get("/list", headers=headers | {"Host": "beacon.example.org"})
    assert led.location == "https://beacon.example.org/list"


@pytest.mark.proves("H-07", "S-12")
def test_the_cookie_in_service_is_of_this_host_over_https_alone(in_service: Flask) -> None:
    client = in_service.test_client()
    answer = client.get("/list", base_url="https://beacon.example.org")
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-beacon=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert "Set-Cookie" not in client.get("/list", headers={"Host": "beacon.example.org"}).headers


@pytest.mark.proves("H-07")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_ordered_over_plain_http(method: str, in_service: Flask) -> None:
    headers = {"Host": "beacon.example.org"}
    answer = in_service.test_client().open(
        "/list", method=method, headers=headers, data={"note": "Robin Ashe lives at"}
    )
    assert answer.status_code == 403
    assert b"Robin" not in answer.data
