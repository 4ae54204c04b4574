"""The application as it is served, with less patience: no test waits ten seconds."""

from footcare import server

server.PATIENCE = 0.3

from footcare.asgi import application as application  # noqa: E402
