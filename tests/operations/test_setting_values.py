"""Each setting as people write it: read right, or refused by one sentence that names it and quotes nothing of it."""

import stat
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from psycopg.pq import Conninfo

from footcare.backups.postgresql import call_of
from footcare.environment import Environment
from tests.conftest import ROOT

OURS = {"postgresql": {"options": "-c lock_timeout=3000"}, "sqlite": {"timeout": 20, "init_command": "PRAGMA a = 1;"}}
READ = {
    "text": lambda env: env.text("IT"),
    "switch": lambda env: env.switch("IT", False),
    "number": lambda env: env.number("IT", 0),
    "parts": lambda env: env.parts("IT"),
    "hosts": lambda env: env.hosts("IT", ["localhost"]),
    "services": lambda env: env.services("IT"),
    "folder": lambda env: str(env.folder("IT", ROOT)),
    "own_folder": lambda env: str(env.own_folder("IT", ROOT)),
    "path": lambda env: env.path("IT"),
    "sender": lambda env: env.sender("IT", "a@home"),
    "contact": lambda env: env.contact("IT", "mailto:a@home"),
    "url": lambda env: env.url("IT", "redis://host:6379/0", "redis"),
    "hook": lambda env: env.hook("IT"),
    "provider": lambda env: env.provider("IT"),
    "site": lambda env: env.site("IT", required=False),
    "database": lambda env: env.database("IT", "sqlite:////data/it", OURS),
    "mail": lambda env: env.mail("IT"),
}
EXAMPLES = {
    "text": "feet",
    "switch": "yes",
    "number": "2",
    "parts": "one,two",
    "hosts": "feet.example.org,.example.net,127.0.0.1,[::1],*",
    "services": "push.example.org:8443,.example.net",
    "folder": "/some folder/däta#1",
    "own_folder": "/tmp",
    "path": "my/desk",
    "sender": "Footcare <feet@example.org>",
    "contact": "https://example.org/holes",
    "url": "redis://:pass@redis:6379/0",
    "hook": "ntfy+https://me:p%40ss@ntfy.example.org/feet",
    "provider": "https://auth.example.org/realms/home",
    "site": "https://feet.example.org:8443",
    "database": "postgresql://me:p%40ss%2Fw%23rd@db:5433/feet",
    "mail": "smtp+tls://me:p%40ss@mail.example.org",
}


def read(kind, value):
    return READ[kind](Environment({"IT": value}))


@pytest.mark.parametrize("kind", READ)
def test_a_blank_around_a_value_is_no_part_of_it(kind):
    plain = read(kind, EXAMPLES[kind])

    for value in (f" {EXAMPLES[kind]}", f"{EXAMPLES[kind]}\t ", f"{EXAMPLES[kind]}\n", f"\r\n{EXAMPLES[kind]}\r\n"):
        assert read(kind, value) == plain


@pytest.mark.parametrize("kind", READ)
def test_an_empty_value_is_none(kind):
    unset = READ[kind](Environment({}))

    assert [read(kind, value) for value in ("", " ", "\n")] == [unset] * 3


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("value", ['"{}"', "'{}'", "{}\nmore", "{}\0", "{}\u202e", "{}\udcff"])
def test_quotes_and_hidden_signs_are_told_of(kind, value):
    with pytest.raises(ImproperlyConfigured, match=r"^IT has [^.]+\.( Remove them\.)?$"):
        read(kind, value.format(EXAMPLES[kind]))


@pytest.mark.parametrize("kind", ["parts", "hosts"])
def test_a_list_may_have_blanks_and_commas_to_spare(kind):
    assert read(kind, "feet.example.org, localhost ,, 127.0.0.1,") == ["feet.example.org", "localhost", "127.0.0.1"]


@pytest.mark.parametrize(("word", "on"), [("on", True), ("TRUE", True), ("Yes", True), ("no", False), ("0", False)])
def test_a_switch_has_a_few_words(word, on):
    assert read("switch", word) is on


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("switch", "perhaps"),
        ("switch", "2"),
        ("number", "one"),
        ("number", "-1"),
        ("number", "1.5"),
        ("number", "²"),
        ("number", "9" * 5000),
        ("hosts", "https://feet.example.org"),
        ("hosts", "feet.example.org:8443"),
        ("hosts", "feet.example.org localhost"),
        ("hosts", "feet.example.org;localhost"),
        ("hosts", "füße.example"),
        ("services", "https://push.example.org"),
        ("services", "me@push.example.org"),
        ("services", "push.example.org/up"),
        ("services", "*.example.org"),
        ("path", "<int:pk>"),
        ("path", "my desk"),
        ("sender", "nobody"),
        ("sender", "a@example.org, b@example.org"),
        ("contact", "feet@example.org"),
        ("contact", "mailto:feet@example.org or call"),
        ("url", "redis.example.org"),
        ("url", "http://redis:6379"),
        ("hook", "ntfy.example.org/feet"),
        ("hook", "ntfy://ntfy.example.org/feet"),
        ("hook", "https:///feet"),
        ("hook", "https://me:p@ss@ntfy.example.org:a/feet"),
        ("provider", "auth.example.org"),
        ("provider", "https://"),
        ("provider", "https://me:pass@auth.example.org"),
        ("provider", "https://auth.example.org?a=b"),
        ("provider", "http://auth.example.org"),
        ("provider", "http://93.184.216.34"),
        ("provider", f"https://auth.example.org/{'a' * 200}"),
        ("site", "feet.example.org"),
        ("site", "https://"),
        ("site", "https://feet.example.org/below"),
        ("site", "https://feet.example.org?a"),
        ("site", "https://feet.example.org#a"),
        ("site", "https://me:pass@feet.example.org"),
        ("site", "https://feet.example.org:0"),
        ("site", "ftp://feet.example.org"),
        ("database", "mysql://me@db/feet"),
        ("database", "postgresql://me@db"),
        ("database", "postgresql:feet"),
        ("database", "sqlite://feet.sqlite3"),
        ("database", "sqlite://"),
        ("database", "sqlite:///it?timout=1"),
        ("database", "sqlite:///it?timeout=soon"),
        ("database", f"sqlite:///it?cached_statements={'9' * 30}"),
        ("mail", "smtps+tls://mail.example.org"),
        ("mail", "smtp+tls://"),
        ("mail", "smtp://mail.example.org?tls=True"),
    ],
)
def test_what_cannot_be_read_is_named(kind, value):
    with pytest.raises(ImproperlyConfigured, match=r"^IT has [^\n]+\.$"):
        read(kind, value)


@pytest.mark.parametrize(
    "url", ["https://feet.example.org", "http://[::1]:8000", "https://füße.example", "http://localhost:8000"]
)
def test_a_site_has_a_scheme_and_a_name_and_no_slash_at_the_end(url):
    assert [read("site", url), read("site", f"{url}/")] == [url, url]


def test_a_folder_that_is_missing_is_made_for_its_owner_alone(tmp_path):
    folder = Path(read("own_folder", f"{tmp_path}/other/new"))

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"^IT cannot be used as a folder: File exists\.$"):
        read("own_folder", f"{tmp_path}/file")


RAW = ["p@ss/w#rd%1", "aB3+xY/9kQ==", "12/34", "12#34", "12?34", "p[ss", "/", "1/2@3", "#", "?x=y"]


@pytest.mark.parametrize("password", RAW)
@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("database", "postgresql://me:{}@db/it"),
        ("mail", "smtp://me:{}@mail"),
        ("hook", "ntfy+https://me:{}@ntfy.example.org/feet"),
    ],
)
def test_a_raw_password_in_a_url_is_refused_and_not_quoted(kind, url, password):
    with pytest.raises(
        ImproperlyConfigured, match=r"^IT has a character in its user or password .* %40 for @"
    ) as refused:
        read(kind, url.format(password))

    assert "me:" not in str(refused.value)
    assert refused.value.__suppress_context__


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_other_password_that_is_read_is_read_as_it_is(password):
    try:
        entry = read("database", f"postgresql://me:{password}@db/it".strip())
    except ImproperlyConfigured:
        return
    assert (entry["USER"], entry["HOST"], entry["NAME"]) == ("me", "db", "it")


def test_the_options_of_a_url_are_kept_and_win_over_ours():
    postgresql = read(
        "database", "postgresql://db/it?options=-c%20search_path%3Dfeet&sslmode=require&connect_timeout=3"
    )
    sqlite = read("database", "sqlite:////data/it?timeout=5&init_command=PRAGMA%20b%20%3D%202;")

    assert postgresql["OPTIONS"] == {
        "options": "-c lock_timeout=3000 -c search_path=feet",
        "sslmode": "require",
        "connect_timeout": 3,
    }
    assert sqlite["OPTIONS"] == {"timeout": 5, "init_command": "PRAGMA a = 1; PRAGMA b = 2;"}


@pytest.mark.parametrize(
    ("url", "port", "secret"),
    [
        ("smtp+tls://mail.example.org", 587, {"EMAIL_USE_TLS": True}),
        ("submission://mail.example.org", 587, {"EMAIL_USE_TLS": True}),
        ("smtp+ssl://mail.example.org", 465, {"EMAIL_USE_SSL": True}),
        ("smtp://mail.example.org:2525", 2525, {}),
    ],
)
def test_mail_goes_the_way_its_url_says(url, port, secret):
    settings = read("mail", url)

    assert settings["EMAIL_PORT"] == port
    assert {name: on for name, on in settings.items() if "_USE_" in name} == secret


@pytest.mark.parametrize("password", [*RAW, "with blank", "it's", '"quoted"', "$HOME", "100%", "\\", " around "])
def test_compose_gives_postgresql_a_password_of_any_signs(monkeypatch, password):
    environment = yaml.safe_load((ROOT / "compose.yaml").read_text())["x-large"]["environment"]
    database = Environment(environment).database("DATABASE_URL", "", OURS)
    [name] = [name for name, value in environment.items() if "POSTGRES_PASSWORD" in value]
    monkeypatch.setenv(name, password)

    assert "PASSWORD" not in {key for key, value in database.items() if value}
    assert "PGPASSWORD" not in call_of("pg_dump", database)[0]
    assert [each.val for each in Conninfo.get_defaults() if each.keyword == b"password"] == [password.encode()]
