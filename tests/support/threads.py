"""Requests at the same moment: real threads, real connections."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

THREADS = 8


def all_at_once(acts):
    """Run the acts on a few threads; each leaves its connection closed behind it."""

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, acts))
