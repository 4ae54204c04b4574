"""The WSGI application that granian serves."""

import gc
import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footcare.settings")


class Utf8Request(WSGIRequest):
    """Our forms are UTF-8. A charset that the caller names is passed over: Python knows some that are no text.

    This is called before anything could answer for an error. The name is a private one of Django's:
    tests/security/test_every_url.py notices when it goes away.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):  # names an encoding of its own, as charset*=none''%41, or has no end
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    request_class = Utf8Request


django.setup(set_prefix=False)
application = Handler()

# What is loaded now stays for good: to look through it again and again for garbage took up to a tenth of a request.
get_resolver().url_patterns  # noqa: B018 (loads the views too)
gc.collect()
gc.freeze()
gc.set_threshold(5_000)
