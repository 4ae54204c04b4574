"""The public interface. Names of paths are names of views."""

from django.urls import path

from exercises.views.day import day
from exercises.views.exercises import exercise, exercises
from exercises.views.export import export_json
from exercises.views.health import healthz
from exercises.views.progress import progress, year
from exercises.views.reading import about, get_help
from exercises.views.session import session
from exercises.views.sets import record_set, undo_set
from exercises.views.settings import save_settings, settings
from exercises.views.sync import sync
from exercises.views.today import today

urlpatterns = [
    path("", today, name="today"),
    path("session/<slug:slot>/", session, name="session"),
    path("sets/", record_set, name="record_set"),
    path("sets/<uuid:uuid>/undo/", undo_set, name="undo_set"),
    path("sync/", sync, name="sync"),
    path("progress/", progress, name="progress"),
    path("progress/year/", year, name="year"),
    path("progress/<slug:day>/", day, name="day"),
    path("exercises/", exercises, name="exercises"),
    path("exercises/<slug:slug>/", exercise, name="exercise"),
    path("settings/", settings, name="settings"),
    path("settings/<slug:group>/", save_settings, name="save_settings"),
    path("help/", get_help, name="get_help"),
    path("about/", about, name="about"),
    path("export.json", export_json, name="export_json"),
    path("healthz", healthz, name="healthz"),
]
