"""The public addresses. Each has the name of its view."""

from django.urls import path

from exercises.views.accounts.erase_account import erase_account
from exercises.views.accounts.overview import end_log_in_session, end_other_log_in_sessions, security
from exercises.views.calendar import calendar, end_feed, make_feed
from exercises.views.care import care, care_guide
from exercises.views.corrections import add_set, record_again, record_rest, undo_facts, write_note
from exercises.views.day import day
from exercises.views.export import export_csv, export_json
from exercises.views.first_questions import first_question
from exercises.views.health import healthz, readyz
from exercises.views.import_data import import_data, import_preview
from exercises.views.library import choose_variant, exercise, exercises
from exercises.views.manifest import manifest, session_now
from exercises.views.pain import rate_pain
from exercises.views.plan import cancel_change, plan, preview_plan, put_off_step, take_step, undo_step
from exercises.views.progress import progress
from exercises.views.push import push_closed, push_end, push_later, push_subscribe
from exercises.views.reminders import decline_reminders, reminders, save_reminders, send_reminder
from exercises.views.report import report, shared_report
from exercises.views.security import csp_report, security_txt
from exercises.views.service_worker import offline, service_worker
from exercises.views.session import session
from exercises.views.sets import record_set, undo_set
from exercises.views.settings import save_settings, settings
from exercises.views.share_links import end_share_link, share_links
from exercises.views.static_pages import about, get_help
from exercises.views.stop_reminders import stop_reminders
from exercises.views.sync import sync
from exercises.views.today import today
from exercises.views.trial import trial
from exercises.views.year import year

urlpatterns = [
    path("", today, name="today"),
    path("try/", trial, name="trial"),
    path("session/", session_now, name="session_now"),
    path("session/<slug:slot>/", session, name="session"),
    path("sets/", record_set, name="record_set"),
    path("sets/<uuid:uuid>/undo/", undo_set, name="undo_set"),
    path("rest/", record_rest, name="record_rest_today"),
    path("undo/", undo_facts, name="undo_facts"),
    path("undo/back/", record_again, name="record_again"),
    path("undo/step/", undo_step, name="undo_step"),
    path("pain/", rate_pain, name="rate_pain"),
    path("sync/", sync, name="sync"),
    path("progress/", progress, name="progress"),
    path("progress/year/", year, name="year"),
    path("progress/<slug:day>/", day, name="day"),
    path("report/", report, name="report"),
    path("share/<str:token>/", shared_report, name="shared_report"),
    path("progress/<slug:day>/sets/", add_set, name="add_set"),
    path("progress/<slug:day>/rest/", record_rest, name="record_rest"),
    path("progress/<slug:day>/note/", write_note, name="write_note"),
    path("exercises/", exercises, name="exercises"),
    path("exercises/<slug:slug>/", exercise, name="exercise"),
    path("exercises/<slug:slug>/way/", choose_variant, name="choose_variant"),
    path("care/", care, name="care"),
    path("care/<slug:slug>/", care_guide, name="care_guide"),
    path("first/<int:card>/", first_question, name="first_question"),
    path("settings/", settings, name="settings"),
    path("settings/erase/", erase_account, name="erase_account"),
    path("settings/links/", share_links, name="share_links"),
    path("settings/links/<uuid:uuid>/end/", end_share_link, name="end_share_link"),
    path("settings/plan/", plan, name="plan"),
    path("settings/plan/sum/", preview_plan, name="preview_plan"),
    path("settings/plan/take/", take_step, name="take_step"),
    path("settings/plan/later/", put_off_step, name="put_off_step"),
    path("settings/plan/drop/", cancel_change, name="cancel_change"),
    path("settings/reminders/", reminders, name="reminders"),
    path("settings/reminders/try/", send_reminder, name="send_reminder"),
    path("settings/reminders/feeds/", make_feed, name="make_feed"),
    path("settings/reminders/feeds/<uuid:uuid>/end/", end_feed, name="end_feed"),
    path("settings/reminders/<slug:group>/", save_reminders, name="save_reminders"),
    path("push/", push_subscribe, name="push_subscribe"),
    path("push/later/", push_later, name="push_later"),
    path("push/closed/", push_closed, name="push_closed"),
    path("push/<uuid:uuid>/end/", push_end, name="push_end"),
    path("settings/security/", security, name="security"),
    path("settings/security/sessions/end/", end_other_log_in_sessions, name="end_other_log_in_sessions"),
    path("settings/security/sessions/<uuid:uuid>/end/", end_log_in_session, name="end_log_in_session"),
    path("settings/<slug:group>/", save_settings, name="save_settings"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
    path("reminders/no/", decline_reminders, name="decline_reminders"),
    path("reminders/stop/<str:token>/", stop_reminders, name="stop_reminders"),
    path("help/", get_help, name="get_help"),
    path("about/", about, name="about"),
    path("export.json", export_json, name="export_json"),
    path("export.csv", export_csv, name="export_csv"),
    path("import/", import_data, name="import_data"),
    path("import/preview/", import_preview, name="import_preview"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("csp-report/", csp_report, name="csp_report"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
