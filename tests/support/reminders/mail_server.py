"""A mail server of the tests' own on the loopback: it keeps what it takes, and answers as it is told."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

TAKEN = "250 OK"


@dataclass
class MailServer:
    """`recipient` and `data` are its answers; None hangs up, "" never answers. `mails` has what it took."""

    port: int = 0
    recipient: str | None = TAKEN
    data: str | None = TAKEN
    mails: list = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (named by aiosmtpd)
        if self.recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return await self._answer(self.recipient, server)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data == TAKEN:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return await self._answer(self.data, server)

    async def _answer(self, words, server):
        if words is None:
            server.transport.close()
        if words == "":
            await server.loop.create_future()  # which nobody fulfils
        return words or "421 going"


class AnyFreePort(Controller):
    """`start` knocks at the port, which is known once the server listens."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def a_mail_server():
    server = MailServer()
    controller = AnyFreePort(server, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()
