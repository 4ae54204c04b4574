"""Headers of every response: pages, fragments, static files and errors."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from footcare.network import own_names

# The coach keeps the screen on, the page of share links writes to the clipboard, and passkeys log in. All else is off.
UNUSED = (
    "accelerometer", "browsing-topics", "camera", "clipboard-read", "compute-pressure", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial", "storage-access", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in USED)]),
    # Most pages are private. A response that may be cached, like a static file, sets its own header.
    "Cache-Control": "no-store",
}

if settings.HTTPS or settings.HOST in own_names("localhost"):
    # Over plain http browsers ignore it, and log an error on every page.
    HEADERS["Cross-Origin-Opener-Policy"] = "same-origin"


class Headers:
    """Comes before all other middleware, so that their error responses get the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
