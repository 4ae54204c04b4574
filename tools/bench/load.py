"""The load: sends the requests of one turn to a server, in its own process (`python -m tools.bench.load`).

Reads an order as JSON and prints how many requests were answered. It is slower than a server may be, which does
not matter: what is measured is the server's CPU a request. A wrong answer ends it with a sentence.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

Order = dict[str, Any]


class WrongAnswer(Exception):
    pass


def answered(order: Order) -> int:
    """The number of responses, over `connections` keep-alive connections that share the requests."""
    turn = iter(order["requests"])
    with ThreadPoolExecutor(order["connections"]) as pool:
        return sum(pool.map(partial(_one_after_the_other, order["port"]), [turn] * order["connections"]))


def _one_after_the_other(port: int, turn: Iterator[Order]) -> int:
    """The number of responses on one connection."""
    connection, count = HTTPConnection("127.0.0.1", port, timeout=20), 0
    for request in turn:
        form = request.get("form")
        connection.request("POST" if form else "GET", request["path"], form, request["headers"])
        _check(request, connection.getresponse())
        count += 1
    connection.close()
    return count


def _check(request: Order, response: HTTPResponse) -> None:
    body = response.read()
    if response.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    answer = str(response.headers) + body.decode()  # the id of a fact is in the header X-Event
    if response.status != 200 or request["expected"] not in answer:
        path, expected = request["path"], request["expected"]
        raise WrongAnswer(f"{path} answered {response.status}, expected was 200 with {expected!r}")


if __name__ == "__main__":
    try:
        json.dump(answered(json.load(sys.stdin)), sys.stdout)
    except (WrongAnswer, OSError, HTTPException) as error:
        sys.exit(f"{error or type(error).__name__}")
