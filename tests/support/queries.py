"""The queries that a request makes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION_WORDS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def queries(act):
    """The statements of a request, with those for the log-in session and the user, without those of the transaction."""
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION_WORDS)]


def queries_of(client, path):
    return len(queries(lambda: client.get(path)))
