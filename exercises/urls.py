"""The public interface. Names of paths are names of views."""

from django.urls import path

from exercises.views.exercises import exercise, exercises
from exercises.views.export import export_json
from exercises.views.health import healthz
from exercises.views.session import session
from exercises.views.sets import record_set, undo_set
from exercises.views.settings import settings
from exercises.views.sync import sync
from exercises.views.today import today

urlpatterns = [
    path("", today, name="today"),
    path("session/<slug:slot>/", session, name="session"),
    path("sets/", record_set, name="record_set"),
    path("sets/<uuid:uuid>/undo/", undo_set, name="undo_set"),
    path("sync/", sync, name="sync"),
    path("exercises/", exercises, name="exercises"),
    path("exercises/<slug:slug>/", exercise, name="exercise"),
    path("settings/", settings, name="settings"),
    path("export.json", export_json, name="export_json"),
    path("healthz", healthz, name="healthz"),
]
