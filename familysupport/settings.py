"""Every setting, from the environment with defaults that work on a fresh machine."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
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
    "csp",
    "familysupport",
    "care",
    "places",
    "search",
    "network",
    "practices",
    "guide",
    "curation",
]

MIDDLEWARE = [
    "care.middleware.HeadWithoutBodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "care.middleware.ReaderHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "care.middleware.RefuseBrokenInputMiddleware",
    "search.middleware.DataVersionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "directory.sqlite3",
    "CONN_MAX_AGE": None,  # opening the file and its pragmas cost more than most questions
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
    return found


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
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600

# --- Care for the reader -----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and not flag("HTTPS_REDIRECT_ELSEWHERE")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
SIGN_INS_KEPT = timedelta(days=int(os.environ.get("SIGN_IN_LOG_DAYS") or 180))

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

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Where the exit leads: a neutral page that shows nobody's earlier visits.
EXIT_URL = os.environ.get("EXIT_URL", "https://www.meteo.be/")
