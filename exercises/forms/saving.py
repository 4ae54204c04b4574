"""How a group of settings is saved, on whichever page it stands."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from exercises.forms.settings import Group
from exercises.models import Preferences
from exercises.record.plan_changes import begin_by
from exercises.web.moment import follow_phone, moment_of
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import refuse
from exercises.web.request import Request


def save_group(
    request: Request,
    group: type[Group],
    page: str,
    refused: Callable[[Group], HttpResponse],
    texts: Callable[[], Mapping[str, str]],
) -> HttpResponse:
    """Saves the group, or only the field that `field` names.

    A field is answered with JSON: `texts`, the sentences of the page that the new settings may change, by the id of
    their element. A group leads back to the page of that name, or is answered with `refused`, the page with this form.
    """
    field = request.POST.get("field", "")
    if field and field not in group.offered():
        return refuse(request, _("We do not know this setting."), 422)
    with transaction.atomic():
        request.user.take_turn()  # two times that are saved at once must not come out of order
        form = group(request.POST, instance=Preferences.objects.get(user=request.user), only=field)
        if form.is_valid():
            _save(request, form)
    if form.errors:
        return refuse(request, form.first_error, 422) if field else refused(form)
    return JsonResponse({"texts": texts()}) if field else SeeOther(saying(reverse(page), "saved"))


def _save(request: Request, form: Group) -> None:
    preferences = request.user.preferences = form.save()
    follow_phone(request)
    if preferences.follows_browser:  # with a later start of the day it may still be yesterday
        begin_by(request.user, preferences.day(moment_of(request).now))
