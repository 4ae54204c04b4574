"""A push service of the tests' own: on the loopback, with TLS, for a browser whose keys are in devices.py."""

import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.reminders.devices import read_message

SILENT = "silent"
HANGS_UP = "hangs up"


@dataclass
class PushService:
    """`answer` is (status, headers), SILENT or HANGS_UP; `posts` has the (path, headers, body) of each request."""

    port: int = 0
    certificate: str = ""
    answer: tuple[int, dict] | str = (201, {})
    posts: list = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def host(self):
        return f"localhost:{self.port}"

    @property
    def endpoint(self):
        return f"https://{self.host}/send/alices-phone"

    def messages(self):
        return [read_message(body) for _path, _headers, body in self.posts]


@contextmanager
def a_push_service(folder):
    service = PushService(certificate=str(a_certificate(folder)))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.posts.append((self.path, self.headers, body))
            if service.answer == SILENT:
                service.over.wait()
            if isinstance(service.answer, str):
                self.close_connection = True
                return
            status, headers = service.answer
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args):
            """The tests read `posts`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True  # a kept connection would hold the end up
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(service.certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    service.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        thread.join()
        server.socket.close()


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
