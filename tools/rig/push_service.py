"""A push service on the loopback, with TLS: it keeps the posts that it gets, and answers as it is told."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tools.rig.web_server import Service, a_web_server


@dataclass
class PushService(Service):
    certificate: str = ""

    @property
    def host(self):
        return f"localhost:{self.port}"

    @property
    def endpoint(self):
        return f"https://{self.host}/send/alices-phone"


@contextmanager
def a_push_service(folder):
    certificate = str(a_certificate(folder))
    with a_web_server(PushService(certificate=certificate), certificate) as service:
        yield service


def a_certificate(folder):
    """For localhost, signed by itself, with its key: the path of one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    begun = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "push-service.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path
