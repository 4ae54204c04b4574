"""The load: requests one page of one server repeatedly, in its own process (`python -m tools.bench.load`).

Reads an order as JSON and prints how many requests were answered. It is slower than a server may be, which does
not matter: what is measured is the server's CPU a request. A wrong answer ends it with a sentence.
"""

import gzip
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

Order = dict[str, Any]


class WrongAnswer(Exception):
    pass


def answered(order: Order) -> int:
    """The number of responses in `seconds`, over `connections` keep-alive connections."""
    until = monotonic() + order["seconds"]
    with ThreadPoolExecutor(order["connections"]) as pool:
        return sum(pool.map(partial(_one_after_the_other, order), [until] * order["connections"]))


def _one_after_the_other(order: Order, until: float) -> int:
    """The number of responses on one connection until `until` (monotonic)."""
    connection, count = HTTPConnection("127.0.0.1", order["port"], timeout=20), 0
    while monotonic() < until:
        if order["fields"] is None:
            connection.request("GET", order["path"], headers=order["headers"])
        else:
            connection.request("POST", order["path"], _form(order["fields"]), order["headers"])
        _check(order, connection.getresponse())
        count += 1
    connection.close()
    return count


def _form(fields: dict[str, str]) -> str:
    """The fields with a new id and time, as a phone adds them at a tap."""
    return urlencode({**fields, "id": str(uuid4()), "sent_at": datetime.now(UTC).isoformat()})


def _check(order: Order, response: HTTPResponse) -> None:
    body = response.read()
    if response.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    if response.status != 200 or order["expected"].encode() not in body:
        raise WrongAnswer(f"{order['path']} answered {response.status}, expected was 200 with {order['expected']!r}")


if __name__ == "__main__":
    try:
        json.dump(answered(json.load(sys.stdin)), sys.stdout)
    except (WrongAnswer, OSError, HTTPException) as error:
        sys.exit(f"{error or type(error).__name__}")
