"""Every setting, from the environment with defaults that work on a fresh machine."""

import os
import re
import sys
from base64 import urlsafe_b64encode
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from familysupport.release import release_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
CONTENT_DIR = BASE_DIR / "fixtures"


def flag(name):
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name, default=""):
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def number(name, default):
    found = os.environ.get(name) or str(default)
    if not found.isdecimal() or not 0 < int(found) < 100_000:
        raise ImproperlyConfigured(f"{name}={found} is not a number from 1 to 99999.")
    return int(found)


# --- Where it runs -----------------------------------------------------------------------------

PRODUCTION = flag("PRODUCTION")
DEBUG = flag("DEBUG")
LOCAL_SECRET_KEY = "local-start-only-never-for-a-public-site-set-SECRET_KEY-there"  # noqa: S105
SECRET_KEY = os.environ.get("SECRET_KEY") or LOCAL_SECRET_KEY
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

if PRODUCTION and SECRET_KEY == LOCAL_SECRET_KEY:
    raise ImproperlyConfigured("PRODUCTION=1 needs SECRET_KEY: set it to a long random text.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("PRODUCTION=1 and DEBUG=1 exclude each other: unset DEBUG.")
if PRODUCTION and "ALLOWED_HOSTS" not in os.environ:
    raise ImproperlyConfigured("PRODUCTION=1 needs ALLOWED_HOSTS: the host names of the site.")

LOCAL_STATE_KEY = urlsafe_b64encode(sha256(SECRET_KEY.encode()).digest()).decode()
STATE_KEYS = words("STATE_KEYS") or [LOCAL_STATE_KEY]
if PRODUCTION and not os.environ.get("STATE_KEYS"):
    raise ImproperlyConfigured(
        "PRODUCTION=1 needs STATE_KEYS, which seal the addresses of searches: "
        "make one with manage.py make_state_key."
    )
if any(not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in STATE_KEYS):
    raise ImproperlyConfigured("STATE_KEYS holds no key of manage.py make_state_key.")

# What people tell in confidence is encrypted with keys that stand outside the database.
LOCAL_CONFIDENTIAL_KEY = urlsafe_b64encode(sha256(f"ask{SECRET_KEY}".encode()).digest()).decode()
CONFIDENTIAL_KEYS = words("CONFIDENTIAL_KEYS") or [LOCAL_CONFIDENTIAL_KEY]
if PRODUCTION and not os.environ.get("CONFIDENTIAL_KEYS"):
    raise ImproperlyConfigured(
        "PRODUCTION=1 needs CONFIDENTIAL_KEYS, which encrypt what people tell in confidence: "
        "make one with manage.py make_state_key."
    )
if any(not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in CONFIDENTIAL_KEYS):
    raise ImproperlyConfigured("CONFIDENTIAL_KEYS holds no key of manage.py make_state_key.")

# What mails lead to: they are written where nobody asks for a page.
SITE_URL = (
    os.environ.get("SITE_URL")
    or (f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000")
).rstrip("/")
if not re.fullmatch(r"https?://[^/*\s]+", SITE_URL):
    raise ImproperlyConfigured(
        "SITE_URL is not the address of a site, for example https://a.example"
    )

# --- Who is behind it --------------------------------------------------------------------------

# What the privacy page, the accessibility statement and security.txt say of the operator. Empty on
# a local copy: those pages then tell so.
OPERATOR = {
    name: os.environ.get(name, "").strip()
    for name in (
        "OPERATOR_NAME",
        "OPERATOR_ADDRESS",
        "OPERATOR_EMAIL",
        "PRIVACY_EMAIL",
        "SECURITY_EMAIL",
        "SUPERVISOR",
    )
}
RELEASE = release_of(BASE_DIR, OPERATOR.values())
missing = [name for name, value in OPERATOR.items() if not value]
if PRODUCTION and missing:
    raise ImproperlyConfigured(
        f"PRODUCTION=1 needs {', '.join(missing)}: who runs the site and who supervises it."
    )

# --- What it is made of ------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before admin, so that the admin knows the languages
    "familysupport.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "simple_history",
    "import_export",
    "post_office",
    "familysupport",
    "care",  # after the second factor: its admin takes the pages with secrets away
    "places",
    "search",
    "network",
    "practices",
    "trainings",
    "guide",
    "curation",
]

MIDDLEWARE = [
    "care.middleware.HeadersMiddleware",
    "care.middleware.HeadWithoutBodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "search.middleware.DataVersionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "care.middleware.RefuseBrokenInputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "care.sessions.StaffSessionMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "care.faults.DatabaseFaultMiddleware",
]

ROOT_URLCONF = "familysupport.urls"
WSGI_APPLICATION = "familysupport.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "familysupport.context.page",
            ],
            "builtins": ["familysupport.templatetags.reading"],
        },
    },
]

# --- Where the data lives ----------------------------------------------------------------------

# Set by familysupport/wsgi.py: a visitor does not wait, a command may.
WEB = flag("WEB")
SQLITE = {
    "ENGINE": "care.sqlite3",
    "NAME": VAR_DIR / "directory.sqlite3",
    "CONN_MAX_AGE": None,  # opening the file and its pragmas cost more than most questions
    "CONN_HEALTH_CHECKS": True,
    "TEST": {"NAME": ":memory:"},
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
        ),
    },
}


def database():
    url = os.environ.get("DATABASE_URL")
    if not url:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        return SQLITE
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not an address of a database, for example "
            "postgres://user:password@127.0.0.1:5432/familysupport"
        ) from error
    if found["ENGINE"].endswith("sqlite3"):
        return SQLITE | {"NAME": found["NAME"]}
    if found["ENGINE"].endswith("postgresql"):
        found["ENGINE"] = "care.postgresql"
        found["OPTIONS"] = patience(found.get("OPTIONS", {}), is_web=WEB)
    return found


def patience(options, *, is_web):
    """How long to wait for PostgreSQL; the limits on an answer are for visitors only."""
    options = {"connect_timeout": 2} | options
    if not is_web:
        return options
    told = f"{options.get('options', '')} -c statement_timeout=3000".strip()
    return options | {"options": told, "answer_timeout": 4}


DATABASES = {"default": database()}

# --- Languages ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en"  # the language of the texts in the code
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_LANGUAGES = ("nl", "fr", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "nl"
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("nl", "fr", "en"),
    "fr": ("nl", "en"),
    "en": ("nl", "fr"),
}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- Static files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "mail_files": {"BACKEND": "care.mail_files.MailFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Care for the reader -----------------------------------------------------------------------

# The headers themselves are in care/headers.py; the outermost middleware sets them.
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # wants a middleware of its own for X-Frame-Options
SECURE_REFERRER_POLICY = "no-referrer"
CSRF_FAILURE_VIEW = "familysupport.views.form_refused"
SECURE_SSL_REDIRECT = PRODUCTION and not flag("HTTPS_REDIRECT_ELSEWHERE")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- Cookies: only where a form stores something, and only until the browser is closed ----------

COOKIE_PREFIX = "__Host-" if PRODUCTION else ""  # the browser then refuses them from anybody else
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own

# --- Who may come in ---------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a page
STAFF_SESSION_LASTS = timedelta(hours=8)
SIGN_INS_KEPT = timedelta(days=number("SIGN_IN_LOG_DAYS", 180))

OTP_TOTP_ISSUER = "Family Support"
OTP_STATIC_THROTTLE_FACTOR = 0  # twelve digits cannot be guessed: this way stays open to the owner

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "care.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "care.views.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # care.models.SignInEvent holds the story, second factor included
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "password",
    "code",
    "csrfmiddlewaretoken",
    "next",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- What goes wrong ---------------------------------------------------------------------------

# An error is told in the log, and by mail when ADMINS names somebody; care/reporting.py says what
# such a message may hold. A mail server that does not answer is given up after EMAIL_TIMEOUT.
ADMINS = [("", address) for address in words("ADMINS")]
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 5)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("FROM_EMAIL", "family-support@localhost")
EMAIL_SUBJECT_PREFIX = "[Family Support] "

# Mail to people waits in the database until the server takes it: care/mail.py. One after the other,
# each noted before the next is sent, so that a process that is killed sends one again at most.
MAILS_KEPT = timedelta(days=number("MAIL_DAYS", 7))
MAIL_TRIED_EVERY = timedelta(minutes=15)
POST_OFFICE = {
    "BACKENDS": {"default": "care.mail_backend.OpeningBackend"},
    "FILE_STORAGE": "mail_files",
    "BATCH_SIZE": 1,
    "THREADS_PER_PROCESS": 1,
    "CELERY_ENABLED": False,
    "MAX_RETRIES": MAILS_KEPT // MAIL_TRIED_EVERY - 1,  # given up, and told, before it is removed
    "RETRY_INTERVAL": MAIL_TRIED_EVERY,
    "SENDING_ORDER": ["created", "pk"],
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost",
    "LOG_LEVEL": 0,  # the database keeps no answers of mail servers: addresses stand in them
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "care.reporting.WordlessFormatter"}},
    "filters": {
        "not_an_outage": {"()": "care.reporting.NotAnOutage"},
        "without_links": {"()": "care.reporting.WithoutLinks"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "wordless",
            "filters": ["not_an_outage", "without_links"],
        },
        "mail": {
            "class": "care.reporting.AdminMailHandler",
            "level": "ERROR",
            "filters": ["not_an_outage", "without_links"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},  # the list of sign-ins in the admin tells more
        # With a handler of ours it makes none, which would write the answers of mail servers.
        "post_office": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django": {"handlers": [], "level": "WARNING"},  # without Django's own error mails
        "django.request": {"handlers": ["mail"]},
        "care": {"handlers": ["mail"]},
    },
}

# The tap "nothing here fits": how many are counted in one hour, and for how many months.
DEAD_ENDS_AN_HOUR = number("DEAD_ENDS_AN_HOUR", 200)
DEAD_END_MONTHS = 24

# Whether nobody may publish what they wrote themselves.
FOUR_EYES = flag("FOUR_EYES")
# What readers suggest: an address nobody answered, and a suggestion once it is closed.
SUGGESTION_ADDRESSES_KEPT = timedelta(days=number("SUGGESTION_ADDRESS_DAYS", 90))
SUGGESTIONS_KEPT = timedelta(days=number("SUGGESTION_DAYS", 365))
# Questions to the expert platform: whether it takes any, after how many months nothing in them
# leads to anybody, and after how many they are gone.
CONSULTATIONS_OPEN = flag("CONSULTATIONS_OPEN")
CONSULTATION_MONTHS = number("CONSULTATION_MONTHS", 12)
CONSULTATION_MONTHS_TO_REMOVAL = number("CONSULTATION_MONTHS_TO_REMOVAL", 24)
if CONSULTATION_MONTHS_TO_REMOVAL < CONSULTATION_MONTHS:
    raise ImproperlyConfigured(
        "CONSULTATION_MONTHS_TO_REMOVAL is less than CONSULTATION_MONTHS: "
        "a question is removed after it was made anonymous, not before."
    )
# Tables of practices: what a curator may send in the browser, and what a command reads.
TABLE_SIZE = 10 * 1024 * 1024
TABLE_ROWS = 1000
TABLE_SIZE_OF_COMMAND = 100 * 1024 * 1024
TABLE_ROWS_OF_COMMAND = 100_000
IMPORT_DRAFT_HOURS = 24

# Copies of the database: make backup.
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", VAR_DIR / "backups"))

# Where the exit leads: a neutral page that shows nobody's earlier visits.
EXIT_URL = os.environ.get("EXIT_URL") or "https://www.meteo.be/"
if not EXIT_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        "EXIT_URL is not an address of a page, for example https://a.example/"
    )
