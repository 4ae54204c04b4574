"""A passkey in software, as a phone keeps it: makes a credential and signs with it, or with something wrong in it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from struct import pack

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

ADD, LOG_IN, PROVE = (f"/accounts/passkeys/{name}/" for name in ("add", "log-in", "prove"))
AS_JSON = {"Accept": "application/json"}
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class Passkey:
    """`host` is the name of the page and `origin` its whole address, which a browser would fill in by itself."""

    def __init__(self, host="testserver", origin="https://testserver"):
        self.host, self.origin = host, origin
        self.id, self.key, self.handle = token_bytes(16), ec.generate_private_key(ec.SECP256R1()), b""

    def made(self, options, **changes):
        """The credential that the browser sends after `navigator.credentials.create`."""
        return json.dumps(self.made_json(options, **changes))

    def made_json(self, options, **changes):
        self.handle = read(options["publicKey"]["user"]["id"])
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + pack(">H", len(self.id)) + self.id + public
        data = self._data(ATTESTED, **changes) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options, **changes)
        return self._parts(clientDataJSON=client, attestationObject=attestation)

    def signed(self, options, handle=None, **changes):
        """The credential that the browser sends after `navigator.credentials.get`."""
        data, client = self._data(0, **changes), self._client("webauthn.get", options, **changes)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        handle = self.handle if handle is None else handle
        parts = self._parts(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=handle)
        return json.dumps(parts)

    def _data(self, flags, host=None, verified=True, **_others):
        flags |= PRESENT | (VERIFIED if verified else 0)
        return sha256((host or self.host).encode()).digest() + bytes([flags]) + pack(">I", 0)

    def _client(self, kind, options, origin=None, **_others):
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin or self.origin}).encode()

    def _parts(self, **response):
        return {"rawId": text(self.id), "response": {name: text(each) for name, each in response.items()}}


def text(data):
    return urlsafe_b64encode(data).decode().rstrip("=")


def read(encoded):
    return urlsafe_b64decode(encoded + "==")


def options_of(client, path, **extra):
    return client.get(path, headers={**AS_JSON, **extra}).json()["options"]


def add_passkey(client, passkey=None, name="Phone", account=None, **changes):
    """As the page does; returns the passkey and the answer."""
    passkey = passkey or Passkey()
    account = account or field_of(client.get(ADD).content.decode(), "account")
    credential = passkey.made(options_of(client, ADD), **changes)
    return passkey, client.post(ADD, {"name": name, "account": account, "credential": credential})


def log_in_with(client, passkey, next_page="", **changes):
    credential = passkey.signed(options_of(client, LOG_IN), **changes)
    return client.post(LOG_IN, {"credential": credential, "next": next_page})


def field_of(page, name):
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]
