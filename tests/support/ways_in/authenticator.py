"""The part of a phone that keeps passkeys, as Chromium imitates it for tests."""

from base64 import b64encode

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator as Kept
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.under_way import until
from tests.support.ways_in.passkey import Passkey, text

OF_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# How often the browser has answered, and the page has dealt with it.
ANSWERS = """
window.answers = 0;
for (const kind of ["create", "get"]) {
    const { [kind]: ask } = CredentialsContainer.prototype;
    CredentialsContainer.prototype[kind] = function (...args) {
        return ask.apply(this, args).finally(() => setTimeout(() => (window.answers += 1)));
    };
}
"""


class Authenticator:
    """Of one page: another tab has another one. Made before the page is opened."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(ANSWERS)
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": OF_A_PHONE})["authenticatorId"]

    def unlocks(self, unlocks):
        """Whether the owner shows the finger; if not, the browser tells the page what it tells when one cancels."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": unlocks})

    def expect_answers(self, count):
        """So many on this page by now, whether the owner unlocked it or not."""
        until(lambda: self.page.evaluate("window.answers"), lambda answers: answers == count)

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
