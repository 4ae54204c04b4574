"""Share links: read-only access to a report for everybody with the link."""

import logging
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.forms.share_link import LinkForm
from exercises.models import ShareLink
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, act, saying
from exercises.web.request import Request

logger = logging.getLogger(__name__)
MOST_LINKS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def share_links(request: Request) -> HttpResponse:
    """Lists the user's links. A POST makes one; only its answer can show the address, as the server stores a digest."""
    if request.method != "POST":
        return _links(request, LinkForm())
    form, now = LinkForm(request.POST), moment_of(request).now
    if not form.is_valid():
        return _links(request, form, status=422)
    mine = ShareLink.objects.of(request.user)
    mine.filter(expires_at__lte=now).delete()
    if mine.count() >= MOST_LINKS:
        form.add_error(None, _("You already have %(most)d links. Please turn one off first.") % {"most": MOST_LINKS})
        return _links(request, form, status=422)
    token = ShareLink.objects.give(request.user, **form.cleaned_data, now=now)
    logger.info("share", extra={"what": "made"})
    return _links(request, LinkForm(), made=request.build_absolute_uri(reverse("shared_report", args=[token])))


@act
def end_share_link(request: Request, uuid: UUID) -> HttpResponse:
    """Ends a link of the user. After a second submit no link has this id, and the answer is the same."""
    ended, _rows = ShareLink.objects.of(request.user).filter(uuid=uuid).delete()
    if ended:
        logger.info("share", extra={"what": "ended"})
    return SeeOther(saying(reverse("share_links"), "link-ended"))


def _links(request: Request, form: LinkForm, made: str = "", status: int = 200) -> HttpResponse:
    now = moment_of(request).now
    links = [(each, each.expires_at <= now) for each in ShareLink.objects.of(request.user)]
    radios = [form["weeks"], form["days"]]
    context = {"form": form, "radios": radios, "links": links, "made": made}
    return render(request, "report/shares.html", context, status=status)
