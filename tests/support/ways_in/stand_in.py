"""Single sign-on without a process of a provider: it says where its pages are, and nothing else."""

import json

import requests

ISSUER = "https://auth.example.org"
DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
}


def answer(content, status=200):
    made = requests.Response()
    made.status_code, made.headers["Content-Type"] = status, "application/json"
    made._content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return made


def stand_in(settings, monkeypatch, **answers):
    """`answers`: by the end of an address (token, userinfo, configuration), what comes instead, or what is raised."""
    from exercises.accounts.provider import PatientSession

    settings.OIDC_URL, settings.OIDC_CLIENT_ID, settings.OIDC_NAME = ISSUER, "footcare", "Lakeside Clinic"
    asked = []

    def ask(session, method, url, **options):
        asked.append((method, url, options))
        said = {"configuration": DISCOVERY, **answers}[url.replace("-", "/").rpartition("/")[2]]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, requests.Response) else answer(said)

    monkeypatch.setattr(PatientSession, "request", ask)
    return asked
