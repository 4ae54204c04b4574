"""Input that no honest browser sends, and the harm that it must not do."""

import json
from copy import deepcopy

from exercises.catalogue.exercises import CATALOGUE
from tests.support.ways_in.stand_in import ISSUER

JUNK = {
    "empty": "",
    "100 kB": "x" * 100_000,
    "1 MB": "x" * 1024 * 1024,
    "NUL": "toe\0presses",
    "negative": "-1",
    "more digits than Python reads": "9" * 5000,
    "list": ["junk", "more junk"],
    "first instant": "0001-01-01T00:00:00+14:00",
    "last instant": "9999-12-31T23:59:59-14:00",
    "no day": "2026-02-30",
    "code": "' OR 1=1; --\"'><script>junk()</script><img src=x onerror=junk()>{{ 77777|add:77777 }}{% now %}",
    "CRLF": "junk\r\nJunk-Header: 1\r\nSet-Cookie: junk=1\r\n\r\n<script>junk()</script>",
    "path": "../../../../etc/passwd",
    "elsewhere": "//evil.example/",
    "emoji, and a digit of another script": "🦶🏽٣",
    "lone surrogate": "\ud800",
}
TOO_MUCH = "1 MB"  # refused by its length, whatever the field
# Others of their kind are read by the same code: a token, what is unknown, and each exercise in a plan but the first.
ALIKE = ("csrfmiddlewaretoken", "unknown", *(f"{entry.slug}-" for entry in CATALOGUE[1:]))
FEW = {name: JUNK[name] for name in ("NUL", "list", "code")}  # wrong for each type of field
# A header is one line of a few kilobytes: servers let no more through.
LINES = {name: junk for name, junk in JUNK.items() if isinstance(junk, str) and "\r" not in junk and len(junk) < 9000}
SHORTER = {name: junk for name, junk in JUNK.items() if name != TOO_MUCH}  # no server lets so long an address through
OTHERS = [name for name in SHORTER if name not in FEW]
JSON_JUNK = {
    **SHORTER,
    "object": {"junk": {"more": "junk"}},
    "number": -(10**400),
    "no number": float("nan"),
    "yes": True,
}
RAN = ("<script>junk", "<img src=x", "155554", "root:x:0")


def harm(answer):
    """What junk brought about, besides what no answer may be."""
    yield from answer.faults()
    if answer.is_page:
        yield from (f"{answer.status} with {ran!r} in the page" for ran in RAN if ran.encode() in answer.body)
    if "Junk-Header" in answer.headers or any("\n" in value or "\r" in value for value in answer.headers.values()):
        yield f"{answer.status} with a header of the sender's"
    where = answer.headers.get("Location", "/").replace(f"{ISSUER}/authorize?", "/")  # the provider's own page
    if not where.startswith("/") or where.startswith(("//", "/\\")):
        yield f"{answer.status} to {where[:80]}"


def in_fields(names, every_kind):
    """(field, kind, junk) for each field, and for one that is unknown. Every kind for each field only where asked: else
    the few for each, and the others in turn.
    """
    for place, name in enumerate([*sorted(names), "unknown"]):
        kinds = SHORTER if every_kind else FEW if name.startswith(ALIKE) else in_turn(place)
        yield from ((name, kind, junk) for kind, junk in kinds.items())
    yield "unknown", TOO_MUCH, JUNK[TOO_MUCH]


def in_turn(place):
    """The kinds for what has this place among its like: the few, and a quarter of the others."""
    return FEW | {kind: JUNK[kind] for kind in OTHERS[place % 4 :: 4]}


def spoiled(document):
    """(where, what, the document with that junk there) for every leaf of it and every kind of junk."""
    for way in _leaves(document):
        for kind, junk in JSON_JUNK.items():
            copy = deepcopy(document)
            place = copy
            for step in way[:-1]:
                place = place[step]
            place[way[-1]] = junk
            yield str(way[-1]), kind, copy


def _leaves(document, way=()):
    if not isinstance(document, dict | list):
        return [way]
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    return [leaf for step, inner in steps for leaf in _leaves(inner, (*way, step))]


# (content type, body): what is no form, no JSON, or only half of it.
BODIES = [
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=id\r\n\r\nhalf of"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="id"; filename="a"\r\n\r\nb\r\n--x--',
    ),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=id\r\n\r\n%\r\n--x--",
    ),
    ("application/x-www-form-urlencoded", b"\xff\xfe\0=%zz&&&=&%00=%00"),
    ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % number for number in range(2000))),
    ("application/x-www-form-urlencoded; charset=utf-7", b"id=%2BAGE-"),
    ("application/x-www-form-urlencoded; charset=idna", b"id=%FF"),
    ("application/x-www-form-urlencoded; charset=rot13", b"id=a"),
    ("application/x-www-form-urlencoded; charset*=utf-8''%00", b"id=a"),
    ("application/x-www-form-urlencoded; charset*=none''%41", b"id=a"),
    ("application/x-www-form-urlencoded; " + "x" * 9000, b"id=a"),
    ("application/json; charset=utf-32", json.dumps({"events": []}).encode("utf-32")),
    ("application/json", b"[" * 100_000),
    ("", b"\x1f\x8b\x08"),
    ("text/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
]

TYPED = ("HTTP_REFERER", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_RANGE",
         "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE",
         "HTTP_HX_CURRENT_URL", "HTTP_HX_TARGET", "HTTP_HX_TRIGGER", "HTTP_HX_PROMPT", "HTTP_HX_BOOSTED",
         "HTTP_USER_AGENT", "HTTP_AUTHORIZATION", "CONTENT_TYPE")  # fmt: skip


def spoiled_envelopes(line, octal):
    """Options of `Browser.ask`: that line as the host, as the session, and wherever else a browser writes. In a cookie
    it is spelt in octal.
    """
    return {
        "host": {"headers": {"HTTP_HOST": line}},
        "session": {"cookies": {"sessionid": octal}},
        "all others": {
            "headers": dict.fromkeys(TYPED, line),
            "cookies": dict.fromkeys(("tz", "device", "csrftoken", "unknown"), octal),
            "token": line,
        },
    }
