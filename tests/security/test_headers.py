"""The headers of every answer: a page, a static file, a refusal of the middleware."""

import io

import pytest
from django.test import Client, override_settings

from footcare.headers import HEADERS
from tests.support.phone import HTMX, a_tick

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "report-uri /csp-report/",
}


def carries_all(answer, but=()):
    headers = {name: value for name, value in HEADERS.items() if name not in but}
    assert headers.items() <= dict(answer.items()).items()
    assert "no-store" in answer["Cache-Control"] or "immutable" in answer["Cache-Control"]
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert len(answer["X-Request-ID"]) == 32
    return True


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/nowhere/", "/sync/", "/healthz", "/.well-known/security.txt"]
)
def test_a_page_carries_all(stranger, path):
    assert carries_all(stranger.get(path), but=["Cache-Control"])


def test_a_static_file_carries_all_but_may_be_kept_for_ever(stranger, static_files):
    [stylesheet] = (static_files / "css").glob("footcare.????????????.css")
    answer = stranger.get(f"/static/css/{stylesheet.name}")

    assert carries_all(answer, but=["Cache-Control"])
    assert "immutable" in answer["Cache-Control"]
    assert carries_all(stranger.get("/static/css/nothing.css"))


def test_a_refusal_before_any_view_carries_all(stranger, alice_client, settings):
    assert carries_all(stranger.get("/", headers={"Host": "evil.example"}))
    assert carries_all(stranger.get("/?week=%00"))
    assert carries_all(alice_client.post("/sets/", a_tick(reps="many"), headers=HTMX))
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert carries_all(Client().get("/"))
        assert carries_all(Client().get("/", headers={"Host": "evil.example"}))


def test_on_this_machine_pages_have_their_windows_to_themselves():
    """Elsewhere by plain http a browser calls that header an error, so it is not sent."""
    assert HEADERS["Cross-Origin-Opener-Policy"] == "same-origin"


@override_settings(SECURE_HSTS_SECONDS=31536000)
def test_https_is_kept_to_for_a_year(stranger, static_files):
    for path in ("/", "/nowhere/", "/static/css/nothing.css"):
        assert stranger.get(path, secure=True)["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/", "/progress/", "/settings/", "/export.json", "/sync/", "/exercises/", "/help/"])
def test_nothing_of_a_user_may_be_kept_by_a_browser_or_proxy(alice_client, path):
    assert alice_client.get(path)["Cache-Control"] == "no-store"


def ask(path="/", method="GET", body=b"", **environ):
    """The status that the real application answers, called as the server calls it."""
    from footcare.wsgi import application  # it reads what is in the static folder, so not before that is filled

    said = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        **environ,
    }
    application(environ, lambda status, headers: said.append(int(status.split()[0])))
    return said[0]


@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-16", "nothing", "é", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_charset_of_the_callers_own_breaks_nothing(charset, method):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    status = ask("/accounts/login/", method, b"login=a", CONTENT_TYPE=kind, QUERY_STRING="next=/")

    assert status == {"GET": 200, "POST": 403}[method]


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "tz", "device"])
def test_a_nul_in_a_cookie_is_refused_before_it_reaches_the_database(stranger, name):
    assert ask(HTTP_COOKIE=f'{name}="a\\000b"') == 400


@pytest.mark.parametrize("length", ["1048576", "9" * 30])
def test_too_much_is_refused_before_it_is_read(length):
    assert ask("/accounts/login/", "POST", CONTENT_TYPE="multipart/form-data; boundary=x", CONTENT_LENGTH=length) == 413


@pytest.mark.parametrize("length", ["", "-1", "many", "1e9", "²"])
def test_a_length_that_is_none_breaks_nothing(length):
    assert ask("/accounts/login/", "POST", CONTENT_LENGTH=length) == 403


def test_who_finds_a_hole_is_told_whom_to_tell(stranger, settings, friday_morning):
    settings.SECURITY_CONTACT = "mailto:owner@example.org"
    answer = stranger.get("/.well-known/security.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:owner@example.org\n" in answer.content.decode()
    assert "Expires: 2027-05-19T00:00:00+00:00\n" in answer.content.decode()


def test_the_admin_is_not_where_everybody_looks(stranger, admin_client):
    assert stranger.get("/admin/").status_code == 404
    assert stranger.get("/desk/").status_code == 302
    assert admin_client.get("/desk/").status_code == 200
