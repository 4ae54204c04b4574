"""What every answer carries beside its content policy: pages, fragments, static files and refusals alike."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from footcare.network import own_names

# Of what a browser can do for a page, the coach keeps the screen on and a new link is copied. What else browsers know
# by name is not used here.
UNUSED = (
    "accelerometer", "browsing-topics", "camera", "clipboard-read", "compute-pressure", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "serial",
    "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
USED = ("clipboard-write", "screen-wake-lock")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in USED)]),
    # Nearly every page is somebody's: what may be kept says so itself, as static files do.
    "Cache-Control": "no-store",
}

if settings.HTTPS or settings.HOST in own_names("localhost"):
    # Elsewhere, at home by plain http, browsers pass it over and say so as an error on every page.
    HEADERS["Cross-Origin-Opener-Policy"] = "same-origin"


class Headers:
    """Stands before all other middleware: what those refuse passes through here too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
