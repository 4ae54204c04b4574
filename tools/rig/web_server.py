"""A web server on the loopback: it keeps what it is asked, and answers as it is told."""

import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

SILENT, HANGS_UP = "silent", "hangs up"


@dataclass
class Service:
    """`answer` is (status, headers), HANGS_UP, or SILENT: until it is over.

    `posts` has the (path, headers, body) of each request.
    """

    port: int = 0
    answer: tuple[int, dict] | str = (201, {})
    posts: list = field(default_factory=list)
    over: Event = field(default_factory=Event)


@contextmanager
def a_web_server(service, certificate=None):
    """With the path of a certificate and its key it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
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

        do_GET = do_POST  # noqa: N815 (whoever follows a redirect asks by GET)

        def log_message(self, *args):
            """Whoever asks reads `posts`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True  # a kept connection would hold the end up
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
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
        server.server_close()
