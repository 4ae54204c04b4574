"""A web server of the tests' own on the loopback: it writes down what it is asked and answers as it is told."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

SILENT, HANGS_UP = "silent", "hangs up"


@dataclass
class Service:
    """`answer` is a status, HANGS_UP, or SILENT: for three seconds, or until the test is over.

    `asked` has (method, path, headers, body) of each request.
    """

    port: int = 0
    answer: int | str = 200
    asked: list = field(default_factory=list)
    over: Event = field(default_factory=Event)


@contextmanager
def a_web_server():
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service.asked.append((self.command, self.path, dict(self.headers), body))
            if service.answer == SILENT:
                service.over.wait(3)
            if service.answer != HANGS_UP:
                self.send_response(200 if service.answer == SILENT else service.answer)
                self.send_header("Location", f"http://127.0.0.1:{service.port}/elsewhere")
                self.end_headers()

        def do_GET(self):
            self.do_POST()

        def log_message(self, *args):
            """The tests read `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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
