"""Imports an export in two steps: upload and preview, then confirm."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from exercises.models import Packing, Upload
from exercises.record.archive.merge import ImportResult, apply, preview
from exercises.record.archive.reader import entries
from exercises.record.archive.unreadable import Unreadable
from exercises.web.moment import moment_of
from exercises.web.rate_limits import Limit, acquire_or_429
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import refuse
from exercises.web.request import Request

logger = logging.getLogger(__name__)
NAMES = {
    "sets": pgettext_lazy("import row", "Sets"),
    "undos": pgettext_lazy("import row", "Undone"),
    "sessions": pgettext_lazy("import row", "Sessions"),
    "pain": pgettext_lazy("import row", "Pain"),
    "rest_days": pgettext_lazy("import row", "Rest days"),
    "notes": pgettext_lazy("import row", "Notes"),
    "prescriptions": pgettext_lazy("import row", "Plan"),
    "preferences": pgettext_lazy("import row", "Settings"),
    "": pgettext_lazy("entries", "Others"),
}


@dataclass(frozen=True)
class Preview:
    """The result of the preview, as the page shows it."""

    found: ImportResult

    @property
    def rows(self) -> list[tuple[Any, int, int, int]]:
        """(name, new, known, rejected) of each section with entries."""
        found = self.found
        counts = [
            (label, found.added[name], found.known[name], sum(found.rejected.get(name, {}).values()))
            for name, label in NAMES.items()
        ]
        return [row for row in counts if any(row[1:])]

    @property
    def reasons(self) -> list[tuple[Any, str, int, list[int]]]:
        """(name, reason, entries, the first lines of a table)."""
        return [
            (NAMES[name], why, count, self.found.lines.get(why, []))
            for name, whys in self.found.rejected.items()
            for why, count in whys.items()
        ]

    @property
    def first_day(self) -> date | None:
        return date.fromisoformat(self.found.first_day) if self.found.first_day else None


@require_http_methods(["GET", "HEAD", "POST"])
def import_data(request: Request) -> HttpResponse:
    """Checks an uploaded file. It keeps only the file, for an hour; the record does not change."""
    if request.method != "POST":
        return _page(request)
    acquire_or_429(request, [Limit(f"import {request.user.pk}", 20, 600)])
    file, now = request.FILES.get("file"), moment_of(request).now
    if file is None:
        return _page(request, _("Please choose a file."))
    if (file.size or 0) > settings.IMPORT_MAX_SIZE:
        return _page(request, _("This file is too large."))
    packing = Packing(file.chunks())
    try:
        found = preview(request.user, entries(packing), now)
    except Unreadable as unreadable:
        return _page(request, str(unreadable))
    Upload.objects.put(request.user, packing.packed, found.as_json(), now)
    return SeeOther(reverse("import_preview"))


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: Request) -> HttpResponse:
    """Shows what the uploaded file would add; a POST imports it, once."""
    now = moment_of(request).now
    upload = Upload.objects.waiting(request.user, now)
    if upload is None or (upload.is_done and request.method != "POST"):
        return refuse(request, _("We no longer have your file. Please choose it again."), 404)
    if upload.is_done:
        return _added(ImportResult.from_json(upload.found))
    if request.method != "POST":
        context = {"preview": Preview(ImportResult.from_json(upload.found))}
        return render(request, "settings/import_preview.html", context)
    try:
        found = apply(request.user, entries(upload.chunks()), now, partial(_finish, upload))
    except Unreadable as unreadable:  # more was left out than when the file was looked through
        return refuse(request, str(unreadable), 422)
    logger.info("import")
    return _added(found)


def _finish(upload: Upload, found: ImportResult) -> ImportResult:
    return ImportResult.from_json(Upload.objects.finish(upload, found.as_json()))


def _added(found: ImportResult) -> HttpResponse:
    return SeeOther(saying(reverse("settings"), "added", found.added.total()))


def _page(request: Request, problem: str = "") -> HttpResponse:
    context = {"problem": problem, "most": settings.IMPORT_MAX_SIZE // 1024**2}
    return render(request, "settings/import.html", context, status=422 if problem else 200)
