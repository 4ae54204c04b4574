"""The part of a phone that keeps passkeys, as Chromium imitates it for tests."""

from base64 import b64encode

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator as Kept
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.ways_in.passkey import Passkey, text

OF_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Authenticator:
    """Of one page: another tab has another one."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": OF_A_PHONE})["authenticatorId"]

    def unlocks(self, unlocks):
        """Whether the owner shows the finger; if not, the browser tells the page what it tells when one cancels."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": unlocks})

    def keep_passkey_of(self, user, name="Phone"):
        """As if it had been added on this phone; the server knows it too. Returns what the server keeps."""
        passkey = Passkey("localhost", "http://localhost")
        handle = user_pk_to_url_str(user).encode()
        question = {"publicKey": {"challenge": "AAAA", "user": {"id": text(handle)}}}
        credential = {
            "credentialId": plain(passkey.id),
            "isResidentCredential": True,
            "rpId": "localhost",
            "privateKey": plain(passkey.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
            "userHandle": plain(handle),
            "signCount": 0,
        }
        self.session.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": credential})
        made = {**passkey.made_json(question), "type": "public-key", "id": text(passkey.id)}
        return Kept.objects.create(user=user, type="webauthn", data={"name": name, "credential": made})

    def count(self):
        return len(self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])


def plain(data):
    return b64encode(data).decode()
