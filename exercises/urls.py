"""The public interface. Names of paths are names of views."""

from django.urls import path

from exercises.views.corrections import add_set, record_again, rest, undo, write_note
from exercises.views.day import day
from exercises.views.erase_account import erase_account
from exercises.views.export import export_csv, export_json
from exercises.views.health import healthz, readyz
from exercises.views.import_data import import_data, import_preview
from exercises.views.library import exercise, exercises
from exercises.views.manifest import manifest, session_now
from exercises.views.pain import rate_pain
from exercises.views.plan import drop_change, plan, plan_of, plan_sum, take_plan
from exercises.views.progress import progress
from exercises.views.report import report, share
from exercises.views.security import csp_report, security_txt
from exercises.views.service_worker import offline, worker
from exercises.views.session import session
from exercises.views.sets import record_set, undo_set
from exercises.views.settings import save_settings, settings
from exercises.views.share_links import end_share, shares
from exercises.views.static_pages import about, get_help
from exercises.views.sync import sync
from exercises.views.today import today
from exercises.views.trial import try_out
from exercises.views.year import year

urlpatterns = [
    path("", today, name="today"),
    path("try/", try_out, name="try_out"),
    path("session/", session_now, name="session_now"),
    path("session/<slug:slot>/", session, name="session"),
    path("sets/", record_set, name="record_set"),
    path("sets/<uuid:uuid>/undo/", undo_set, name="undo_set"),
    path("rest/", rest, name="rest_today"),
    path("undo/", undo, name="undo"),
    path("undo/back/", record_again, name="record_again"),
    path("pain/", rate_pain, name="rate_pain"),
    path("sync/", sync, name="sync"),
    path("progress/", progress, name="progress"),
    path("progress/year/", year, name="year"),
    path("progress/<slug:day>/", day, name="day"),
    path("report/", report, name="report"),
    path("share/<str:token>/", share, name="share"),
    path("progress/<slug:day>/sets/", add_set, name="add_set"),
    path("progress/<slug:day>/rest/", rest, name="rest"),
    path("progress/<slug:day>/note/", write_note, name="write_note"),
    path("exercises/", exercises, name="exercises"),
    path("exercises/<slug:slug>/", exercise, name="exercise"),
    path("settings/", settings, name="settings"),
    path("settings/erase/", erase_account, name="erase_account"),
    path("settings/links/", shares, name="shares"),
    path("settings/links/<uuid:uuid>/end/", end_share, name="end_share"),
    path("settings/plan/", plan, name="plan"),
    path("settings/plan/sum/", plan_sum, name="plan_sum"),
    path("settings/plan/take/", take_plan, name="take_plan"),
    path("settings/plan/drop/", drop_change, name="drop_change"),
    path("settings/plan/<slug:slug>/", plan_of, name="plan_of"),
    path("settings/<slug:group>/", save_settings, name="save_settings"),
    path("help/", get_help, name="get_help"),
    path("about/", about, name="about"),
    path("export.json", export_json, name="export_json"),
    path("export.csv", export_csv, name="export_csv"),
    path("import/", import_data, name="import_data"),
    path("import/preview/", import_preview, name="import_preview"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", worker, name="worker"),
    path("offline/", offline, name="offline"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("csp-report/", csp_report, name="csp_report"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
