"""The application of footcare/wsgi.py as granian serves it."""

from exercises.web.body_limit import most_bytes
from footcare.server import Served
from footcare.wsgi import application as wsgi_application

application = Served(wsgi_application, most_bytes)
