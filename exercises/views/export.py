"""All data of a user: as JSON for Footcare, as CSV for a spreadsheet.

The file is compressed while it is written, so ten years take 2 MB of memory. It is sent in one piece: a slow phone that
reads a stream would occupy one of the few threads of a worker.
"""

import logging
import zlib
from collections.abc import Iterator

from django.http import HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from exercises.record.archive.export import document, table
from exercises.web.request import Request

logger = logging.getLogger(__name__)
GZIP = 31  # wbits of zlib: 15 for the window, 16 for the gzip header


@require_safe
def export_json(request: Request) -> HttpResponse:
    """The complete record, as `/import/` reads it."""
    logger.info("export", extra={"what": "json"})
    return _file(request, document(request.user), "footcare.json", "application/json")


@require_safe
def export_csv(request: Request) -> HttpResponse:
    """The sets that count."""
    logger.info("export", extra={"what": "csv"})
    return _file(request, table(request.user), "footcare.csv", "text/csv; charset=utf-8")


def _file(request: Request, pieces: Iterator[str], name: str, kind: str) -> HttpResponse:
    packed = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
    content = _packed(pieces) if packed else "".join(pieces).encode()
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _packed(pieces: Iterator[str]) -> bytes:
    packing = zlib.compressobj(wbits=GZIP)
    return b"".join([*(packing.compress(piece.encode()) for piece in pieces), packing.flush()])
