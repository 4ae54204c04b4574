"""All settings, from the environment (the README lists the names). Everything has a default that is safe at home."""

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import pgettext_lazy

from footcare.environment import Environment
from footcare.keys import kept_secret_keys, refuse_known
from footcare.network import own_names

env = Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.own_folder("DATA_DIR", BASE_DIR / "var")

DEBUG = env.switch("DEBUG", False)
HTTPS = env.switch("HTTPS", False)
SECRET_KEY, *SECRET_KEY_FALLBACKS = (
    [env.text("SECRET_KEY"), *env.parts("SECRET_KEY_FALLBACKS")]
    if env.text("SECRET_KEY")
    else kept_secret_keys(DATA_DIR / "secret_key")
)
refuse_known(SECRET_KEY, *SECRET_KEY_FALLBACKS)
HOST = env.text("HOST", "localhost")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", own_names(HOST))
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
SIGNUP_OPEN = env.switch("SIGNUP_OPEN", True)
MAIL_SERVER = env.mail("EMAIL_URL")
MAIL_ENABLED = bool(MAIL_SERVER)
PUSH_HOSTS = env.services("PUSH_HOSTS")  # push services beside those of the browsers (exercises/reminders/devices.py)
REMINDER_URL = env.hook("REMINDER_URL")  # empty: no reminders by a service of the owner
PUBLIC_URL = env.site("PUBLIC_URL", required=bool(MAIL_ENABLED or REMINDER_URL))
ADMIN_PATH = env.path("ADMIN_PATH")  # empty: no admin
# Single sign-on by OpenID Connect (exercises/accounts/single_sign_on.py); without a provider there is no such log-in.
OIDC_URL = env.provider("OIDC_URL")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")  # empty: a public client, by PKCE alone
OIDC_NAME = env.text("OIDC_NAME", urlsplit(OIDC_URL).hostname or "")
OIDC_CREATE = env.switch("OIDC_CREATE", True)
OIDC_ONLY = env.switch("OIDC_ONLY", False)
OIDC_TRUST_EMAIL = env.switch("OIDC_TRUST_EMAIL", False)
env.together("OIDC_URL", ["OIDC_CLIENT_ID"], ["OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_ONLY", "OIDC_TRUST_EMAIL"])

INSTALLED_APPS = [
    "exercises",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "footcare.logs.RequestLog",
    "footcare.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "exercises.web.middleware.Language",
    "exercises.web.middleware.RejectUnreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "exercises.web.middleware.LoginRequired",
    "exercises.web.middleware.FollowPhone",
    "exercises.web.middleware.StatusMessages",
    *(["exercises.accounts.single_sign_on.OnlyThere"] if OIDC_ONLY else []),
]

ROOT_URLCONF = "footcare.urls"
WSGI_APPLICATION = "footcare.wsgi.application"

# Our templates are Jinja2 (docs/decisions). The admin and the widgets of forms bring their own, for Django's engine.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "footcare.jinja.environment",
            "context_processors": [
                "footcare.jinja.csrf",
                "footcare.jinja.page_language",
                "django.contrib.auth.context_processors.auth",
                "exercises.accounts.single_sign_on.context",
                "exercises.said.said",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# Databases. The reasons and the measurements behind each option: README, "Where the data lives".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # else a read transaction that writes fails with "database is locked"
    "timeout": 20,
    "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"  # NORMAL loses sets at a power cut
    "PRAGMA secure_delete = ON;"  # what is deleted is overwritten
    "PRAGMA cache_size = -400;",  # KB for each of four threads; the system keeps the file in memory too
}
POSTGRESQL_OPTIONS = {"options": "-c lock_timeout=3000 -c statement_timeout=5000"}

DATABASES = {
    "default": {
        **env.database(
            "DATABASE_URL",
            f"sqlite:///{quote(str(DATA_DIR / 'footcare.sqlite3'))}",
            {"sqlite": SQLITE_OPTIONS, "postgresql": POSTGRESQL_OPTIONS},
        ),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all workers, because allauth counts sign-ups and requests for a reset in it. With several app servers Redis
# takes these writes and the reading of sessions off the database. It may lose its data: the database has sessions too.
REDIS_URL = env.url("REDIS_URL", "redis://host:6379/0", "redis", "rediss", "unix")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "footcare",
            "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3},
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # with the default of 300 a flood of names would evict the counts
        }
    }
    SESSION_ENGINE = "exercises.web.login_sessions"

# Accounts. Without a mail server no address is confirmed.
AUTH_USER_MODEL = "exercises.User"
AUTHENTICATION_BACKENDS = ["exercises.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"exercises.accounts.password_rules.{name}"} for name in ("NotLikeTheAddress", "NotTooShort", "NotCommon")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "exercises.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_ENABLED else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = MAIL_ENABLED
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 1000  # exercises/accounts/counted_codes.py counts them exactly
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 1000  # mails have limits of their own
ACCOUNT_CHANGE_EMAIL = True  # a user has one address
ACCOUNT_LOGIN_BY_CODE_ENABLED = MAIL_ENABLED
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 1000
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1000
ACCOUNT_FORMS = {
    "add_email": "exercises.accounts.forms.NewEmailForm",
    "change_password": "exercises.accounts.forms.ChangePasswordForm",
    "confirm_login_code": "exercises.accounts.forms.LogInCodeForm",
    "confirm_email_verification_code": "exercises.accounts.forms.ConfirmEmailForm",
    "login": "exercises.accounts.forms.LoginForm",
    "reauthenticate": "exercises.accounts.forms.ReauthenticateForm",
    "request_login_code": "exercises.accounts.forms.AskForCodeForm",
    "reset_password": "exercises.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "exercises.accounts.forms.ResetPasswordKeyForm",
    "set_password": "exercises.accounts.forms.SetPasswordForm",
    "signup": "exercises.accounts.forms.SignupForm",
}
# exercises/web/rate_limits.py counts log-ins and mails exactly, and gives a place back after a mail that failed.
ACCOUNT_RATE_LIMITS = {
    **dict.fromkeys(("login", "login_failed", "confirm_email", "reauthenticate")),
    **dict.fromkeys(("reset_password", "request_login_code"), "20/m/ip"),
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # to change the address, where there is mail
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "today"
MFA_ADAPTER = "exercises.accounts.second_step.MfaAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Footcare"
MFA_TOTP_TOLERANCE = 1  # half a minute before and after: clocks of phones differ
MFA_PASSKEY_SIGNUP_ENABLED = MAIL_ENABLED  # a user who loses the only passkey gets in by a mailed code
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # two a log-in. There is nothing to guess
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_ENABLED  # at home no address is confirmed
SOCIALACCOUNT_ADAPTER = "exercises.accounts.single_sign_on.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "exercises.accounts.address_form.AddressForm"}
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 180 * 24 * 3600  # fixed: a sliding age would write on each page
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # only the admin uses it; not in a cookie

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 10
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Footcare] "
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"footcare@{HOST}")
if MAIL_ENABLED:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    vars().update(MAIL_SERVER)

SECURITY_CONTACT = env.contact("SECURITY_CONTACT", f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")

# Language and time. Each user has a time zone; that of the server does not matter.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", pgettext_lazy("language", "English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files. The drawings are templates (inlined and animated) and static files (linked and cached).
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static", ("illustrations", BASE_DIR / "templates" / "illustrations")]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {"staticfiles": {"BACKEND": "footcare.static_storage.FootcareStorage"}}

# Warnings from libraries, info from our code. Django's logs of refusals are off: footcare.logs writes them with an id.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "footcare.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "footcare": {"level": "INFO"},
        "exercises": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}

# The content security policy: a page loads only our own files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp-report/"],
    }
}
CSRF_FAILURE_VIEW = "exercises.web.refusals.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # set in footcare.headers, as browsers log an error over http
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # also the limit of a body
# What one user may bring and keep. Whatever exceeds a limit is told in a sentence, and nothing of it is kept.
IMPORT_MAX_SIZE = 32 * 1024 * 1024  # bytes; ten years of ten sets a day, with pain and notes, are 21 MB
IMPORT_MAX_ENTRIES = 100_000  # ten years of ten sets a day, with pain and notes, are 77,000
IMPORT_MAX_ENTRY = 16 * 1024  # characters of an entry; a note of 500 characters, each as two \u escapes, has 6000
IMPORT_MAX_REJECTED = 1000  # entries left out, each with its reason
IMPORT_MAX_SECONDS = 10  # of CPU; a file of 100,000 entries takes 8
PLAN_MAX_ROWS = 400  # prescriptions: each change of a plan adds up to one for each exercise

if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W005, W021: HSTS for subdomains and preload would bind domains that a self-hoster may share.
# W002: footcare.headers forbids framing on every answer.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W021"]
