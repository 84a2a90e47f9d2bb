"""The start stops with one plain line where a setting is missing, weak or dangerous."""

import base64

import pytest

from config import Config, Unset

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(range(7, 39))).decode()


def given(tmp_path, **changed):
    whole = {
        "BEACON_ENV": "production",
        "BEACON_INSTANCE": str(tmp_path),
        "BEACON_SECRET_KEY": "j7Qz-Vx0p_Kd4mT9wLr2Bh8sYn6Gf1Uc",
        "BEACON_FIELD_KEYS": f"k1:{KEY}",
        "BEACON_INDEX_KEY": KEY,
        "BEACON_AUDIT_KEY": KEY,
        "BEACON_PUBLIC_URL": "https://beacon.example.org",
    }
    return {name: value for name, value in (whole | changed).items() if value}


@pytest.mark.proves("S-12")
def test_production_with_every_secret_starts_with_the_strict_cookie(tmp_path):
    flask = Config.from_environment(given(tmp_path)).flask()
    assert (flask["SESSION_COOKIE_NAME"], flask["SESSION_COOKIE_SECURE"]) == ("__Host-beacon", True)
    assert flask["TRUSTED_HOSTS"] == ["beacon.example.org"]


@pytest.mark.proves("E-01", "E-05", "E-07")
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("BEACON_SECRET_KEY", ""),
        ("BEACON_SECRET_KEY", "short"),
        ("BEACON_SECRET_KEY", "s" * 64),
        ("BEACON_SECRET_KEY", "change-me-before-you-go-into-service"),
        ("BEACON_SECRET_KEY", "default-key-0123456789-abcdefghijkl"),
        ("BEACON_SECRET_KEY", "01234567890123456789012345678901"),
        ("BEACON_SECRET_KEY", "kR7-vTq2wZp" * 4 + "kR7"),
        ("BEACON_SECRET_KEY_FALLBACKS", "not-a-Secret-0123456789-abcdefghijkl"),
        ("BEACON_SECRET_KEY_FALLBACKS", "kR7-vTq2wZp"),
        ("BEACON_FIELD_KEYS", ""),
        ("BEACON_FIELD_KEYS", "k1:notakey"),
        ("BEACON_FIELD_KEYS", f"k1:{OTHER},k1:{KEY}"),
        ("BEACON_INDEX_KEY", base64.b64encode(b"short").decode()),
        ("BEACON_INDEX_KEY", base64.b64encode(bytes(32)).decode()),
        ("BEACON_FIELD_KEYS", f"k1:{KEY},k2:{base64.b64encode(b'ab' * 16).decode()}"),
        (
            "BEACON_FIELD_KEYS",
            f"k1:{base64.b64encode(b'change-me-Before-you-start-12345').decode()}",
        ),
        ("BEACON_AUDIT_KEY", base64.b64encode(b"0123456789" * 3 + b"01").decode()),
        ("BEACON_AUDIT_KEY", ""),
        ("BEACON_PUBLIC_URL", ""),
        ("BEACON_PUBLIC_URL", "http://beacon.example.org"),
        ("BEACON_PUBLIC_URL", "beacon.example.org"),
        ("BEACON_TRUSTED_HOSTS", "https://beacon.example.org"),
        ("BEACON_METRICS_TOKEN", "hunter2"),
        ("BEACON_LOG", "xml"),
        ("BEACON_INSTANCE", "/proc/nowhere"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://somebody:something@db/beacon"),
        ("BEACON_PUBLIC_URL", "https://"),
        ("BEACON_PUBLIC_URL", "https://[beacon"),
        ("BEACON_PUBLIC_URL", "https://kim@beacon.example.org"),
        ("PORT", "²"),
        ("PORT", "٥٠٠٠"),
        ("BEACON_PROXIES", "-1"),
        ("BEACON_ENV", "live"),
        ("FLASK_DEBUG", "1"),
        ("FLASK_DEBUG", "true"),
        ("FLASK_TESTING", "1"),
        ("TESTING", "1"),
        ("EXPLAIN_TEMPLATE_LOADING", "1"),
        ("FLASK_EXPLAIN_TEMPLATE_LOADING", "1"),
        ("BEACON_TEXTS", "carrier-pigeon"),
        ("BEACON_TEXTS", "twilio"),
        ("TWILIO_API_BASE_URL", "http://egress.example.org"),
        ("TWILIO_API_BASE_URL", "egress:8080"),
        ("TWILIO_API_BASE_URL", "http://[bad"),
        ("DATABASE_URL", "postgresql://localhost/beacon"),
        ("BEACON_SMTP_URL", "mail.example.org"),
        ("BEACON_SMTP_URL", "https://mail.example.org"),
        ("BEACON_SMTP_URL", "smtp://mail.example.org:many"),
    ],
)
def test_what_is_missing_or_weak_stops_the_start_in_one_line(tmp_path, capsys, setting, value):
    with pytest.raises(Unset) as stopped:
        Config.from_environment(given(tmp_path, **{setting: value}))
    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert (said.out, len(said.err.splitlines())) == ("", 1)


@pytest.mark.proves("C-07")
@pytest.mark.parametrize("env", ["production", "staging"])
def test_links_never_lead_to_this_machine_where_others_are_answered(tmp_path, env):
    hosts = {"BEACON_ENV": env, "BEACON_TRUSTED_HOSTS": "beacon.example.org,beacon.local"}
    with pytest.raises(Unset, match="BEACON_PUBLIC_URL"):
        Config.from_environment(given(tmp_path, BEACON_PUBLIC_URL="", **hosts))
    config = Config.from_environment(given(tmp_path, **hosts))
    assert config.base_url == "https://beacon.example.org"
    assert config.flask()["TRUSTED_HOSTS"] == ["beacon.example.org", "beacon.local"]


@pytest.mark.proves("C-07")
def test_staging_that_is_given_no_name_answers_to_this_machine_alone(tmp_path):
    config = Config.from_environment(given(tmp_path, BEACON_ENV="staging", BEACON_PUBLIC_URL=""))
    assert config.flask()["TRUSTED_HOSTS"] == ["localhost", "127.0.0.1"]


def test_a_demonstration_may_be_opened_over_plain_http(tmp_path):
    demo = {"BEACON_INSTANCE": str(tmp_path), "BEACON_PUBLIC_URL": "http://192.0.2.7:5000/"}
    assert Config.from_environment(demo).base_url == "http://192.0.2.7:5000"
    with pytest.raises(Unset, match=r"http://192.0.2.7:5000"):
        Config.from_environment(demo | {"BEACON_PUBLIC_URL": "192.0.2.7:5000"})


@pytest.mark.proves("E-07")
@pytest.mark.parametrize("setting", ["FLASK_DEBUG", "TESTING", "EXPLAIN_TEMPLATE_LOADING"])
def test_a_switch_that_is_off_stops_nothing(tmp_path, setting):
    assert Config.from_environment(given(tmp_path, **{setting: "0"})).is_production


@pytest.mark.proves("E-05")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604])
def test_a_database_that_others_may_read_stops_the_start(tmp_path, capsys, mode):
    file = tmp_path / "beacon.sqlite"
    file.touch(0o600)
    Config.from_environment(given(tmp_path))
    file.chmod(mode)
    with pytest.raises(Unset, match="chmod 600"):
        Config.from_environment(given(tmp_path))
    assert str(file) in capsys.readouterr().err


@pytest.mark.proves("E-01")
def test_a_live_account_stops_every_environment_but_production(tmp_path):
    live = {"TWILIO_ACCOUNT_SID": "AC1", "BEACON_TWILIO_LIVE_SIDS": "AC1,AC2"}
    Config.from_environment(given(tmp_path, **live))
    with pytest.raises(Unset):
        Config.from_environment(given(tmp_path, **live, BEACON_ENV="staging"))


def test_the_demonstration_makes_keys_that_only_its_owner_may_read(tmp_path):
    first = Config.from_environment({"BEACON_INSTANCE": str(tmp_path)})
    again = Config.from_environment({"BEACON_INSTANCE": str(tmp_path)})
    assert first.field_keys == again.field_keys
    assert (tmp_path / "demo-keys.json").stat().st_mode & 0o777 == 0o600
    assert KEY not in repr(first)


def test_a_wrong_address_of_the_mail_server_is_not_repeated(tmp_path, capsys):
    with pytest.raises(Unset):
        Config.from_environment(given(tmp_path, BEACON_SMTP_URL="smtp://kim:hush@:many"))
    assert "hush" not in capsys.readouterr().err


def test_mail_links_need_an_address_of_ours(tmp_path):
    wanted = {"BEACON_ENV": "staging", "BEACON_PUBLIC_URL": "", "BEACON_SMTP_URL": "smtps://m.org"}
    with pytest.raises(Unset, match="BEACON_PUBLIC_URL"):
        Config.from_environment(given(tmp_path, **wanted))


def test_a_demonstration_links_to_the_port_it_runs_on(tmp_path):
    demo = {"BEACON_INSTANCE": str(tmp_path), "PORT": "5055"}
    assert Config.from_environment(demo).base_url == "http://127.0.0.1:5055"


def texting(tmp_path, **changed):
    sender = {
        "BEACON_TEXTS": "twilio",
        "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "t",
        "TWILIO_FROM": "HERTSCOURT",
    }
    return given(tmp_path, **sender | changed)


def test_a_sender_is_one_way_and_the_provider_keeps_what_it_keeps_until_it_is_said_otherwise(
    tmp_path,
):
    config = Config.from_environment(texting(tmp_path))
    assert (config.two_way, config.forgetful) == (False, False)
    told = {"BEACON_TEXTS_TWO_WAY": "yes", "BEACON_TEXTS_FORGOTTEN": "Yes"}
    config = Config.from_environment(texting(tmp_path, TWILIO_FROM="+447700900001", **told))
    assert (config.two_way, config.forgetful) == (True, True)


def test_nobody_can_reply_to_a_name(tmp_path):
    with pytest.raises(Unset, match="TWILIO_FROM is a name"):
        Config.from_environment(texting(tmp_path, BEACON_TEXTS_TWO_WAY="yes"))


@pytest.mark.parametrize("sender", ["Beacon", "BEACONHERTS", "VictimCare"])
def test_texts_to_defendants_do_not_come_from_beacon(tmp_path, sender):
    with pytest.raises(Unset, match="must not name Beacon"):
        Config.from_environment(texting(tmp_path, TWILIO_FROM=sender))


def test_a_name_that_networks_refuse_is_refused_at_the_start(tmp_path):
    with pytest.raises(Unset, match="at most 11 letters"):
        Config.from_environment(texting(tmp_path, TWILIO_FROM="Hertfordshire Courts"))


@pytest.mark.parametrize("name", ["BEACON_TEXTS_TWO_WAY", "BEACON_TEXTS_FORGOTTEN"])
def test_a_switch_is_yes_or_no(tmp_path, name):
    with pytest.raises(Unset, match=f"{name} is 'maybe': use yes or no"):
        Config.from_environment(texting(tmp_path, **{name: "maybe"}))


def test_a_setting_that_is_left_empty_is_a_setting_that_is_not_given(tmp_path):
    empty = dict.fromkeys(("BEACON_PROXIES", "PORT", "BEACON_LOG", "BEACON_SMTP_URL"), "")
    config = Config.from_environment(given(tmp_path) | empty)
    assert (config.proxies, config.port, config.log, config.smtp_url) == (0, 5000, "json", "")
