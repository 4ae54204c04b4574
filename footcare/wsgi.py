"""The application, with everything loaded that its first request would wait for."""

import gc
import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

from footcare.jinja import compile_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footcare.settings")


class Utf8Request(WSGIRequest):
    """Ignores the charset of a request, as our forms are UTF-8 and Python has charsets that are not text.

    This runs before any error handler. The method is private to Django: tests/security/test_every_url.py fails if it
    goes away.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):  # malformed, like charset*=none''%41
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    request_class = Utf8Request


django.setup(set_prefix=False)
application = Handler()

# The first request of a worker would wait for these.
get_resolver().url_patterns  # noqa: B018 (loads the views)
compile_all()

# The objects loaded so far are never garbage. Without this, collecting took up to a tenth of a request.
gc.collect()
gc.freeze()
gc.set_threshold(5_000)
