"""The yardstick, a Django project in one file: the lowest cost of a page and a POST for a logged-in user.

The middleware of `startproject`, sessions in the database, the database options of Footcare, and

* /page/  session, user and a small template: two queries;
* /tick/  a checked POST that inserts one row and answers with a fragment: three queries.

It stays as it is, or today's ratios no longer compare with yesterday's. `YARDSTICK_DB` names its database: a file, or
the address of one on PostgreSQL.
"""

import os
from datetime import UTC, date, datetime

from dj_database_url import parse
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Yardstick</title>
<meta name="viewport" content="width=device-width,initial-scale=1"></head><body>
<h1>Hello {{ request.user.username }}</h1>
<ul>{% for n in items %}<li>Exercise {{ n }} - {{ today|date:"Y-m-d" }}</li>{% endfor %}</ul>
<form method="post" action="/tick/">{% csrf_token %}<input name="exercise" value="1"><button>Done</button></form>
</body></html>"""
FRAGMENT = """<li id="e{{ exercise }}">Done {{ n }} of 3</li>"""
LOADER = ("django.template.loaders.locmem.Loader", {"page.html": PAGE, "fragment.html": FRAGMENT})
DAY = date(2026, 1, 1)
DATABASE = os.environ["YARDSTICK_DB"]

settings.configure(
    SECRET_KEY="of-the-yardstick-only-and-no-secret",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tools.bench.yardstick",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")],
    DATABASES={
        "default": {**parse(DATABASE), "CONN_MAX_AGE": None}
        if DATABASE.startswith("postgresql:")
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
            },
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
                "loaders": [("django.template.loaders.cached.Loader", [LOADER])],
            },
        }
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
application = get_wsgi_application()


class Tick(models.Model):
    user = models.ForeignKey("auth.User", models.CASCADE, db_index=False)
    exercise = models.PositiveSmallIntegerField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        app_label = "yardstick"
        indexes = [models.Index(fields=["user", "day", "exercise"], name="tick_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.exercise}"


@login_required
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"items": range(6), "today": DAY})


@require_POST
@login_required
def tick(request: HttpRequest) -> HttpResponse:
    exercise = int(request.POST["exercise"])
    with transaction.atomic():
        Tick.objects.create(user=request.user, exercise=exercise, day=DAY, at=datetime.now(UTC))
    return render(request, "fragment.html", {"exercise": exercise, "n": 1})


urlpatterns = [path("page/", page), path("tick/", tick)]
