"""Somebody at the log-in: with the password, or guessing."""


def try_to_log_in(client, email="alice@example.org", password="a guess", **headers):
    return client.post("/accounts/login/", {"login": email, "password": password}, **headers)


def guess(client, times, **fields):
    return [try_to_log_in(client, **fields).status_code for _ in range(times)]
