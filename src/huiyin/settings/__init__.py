"""Django's settings, all from the environment (see `environment`) with defaults for one office on one PC."""

from __future__ import annotations

from csp.constants import NONE, SELF

from huiyin.procedure.terms import set_by_unit
from huiyin.settings import environment as env

HOME = env.home()
FILES = HOME / "files"
FONTS = HOME / "fonts"  # the office's own typefaces for letters
SECRET_KEY = env.secret_key(HOME)
LEDGER_KEY = env.ledger_key(HOME)
DEBUG = env.flag("HUIYIN_DEBUG")
BASE_URL = env.base_url()
ALLOWED_HOSTS = env.hosts(BASE_URL)
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "template_partials",
    "csp",
    "ninja",
    "huiyin.kernel",
    "huiyin.ledger",
    "huiyin.orgs",
    "huiyin.people",
    "huiyin.documents",
    "huiyin.search",
    "huiyin.cases",
    "huiyin.screening",
    "huiyin.reception",
    "huiyin.coordination",
    "huiyin.jobs",
    "huiyin.web.ui",
    "huiyin.web.portal",
    "huiyin.web.desk",
    "huiyin.web.admin",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.web.ui.middleware.NothingKeptMiddleware",
    "huiyin.api.middleware.ProblemMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiyin.web.ui.middleware.ActorMiddleware",
    "huiyin.web.ui.middleware.StorableAddressMiddleware",
]

ROOT_URLCONF = "huiyin.web.urls"
WSGI_APPLICATION = "huiyin.web.wsgi.application"
DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["huiyin.people.signing_in.StaffBackend"]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "huiyin.web.ui.context.house",
            ],
        },
    }
]

LANGUAGE_CODE = env.choice("HUIYIN_LANGUAGE", "zh-hans", ("zh-hans", "en"))
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [env.PACKAGE / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = env.number("HUIYIN_UPLOAD_MB", 50, least=1, most=2000) * 1024 * 1024
PORTAL_ADDRESS_MB = env.number("HUIYIN_PORTAL_ADDRESS_MB", 500, least=1, most=1_000_000)
PORTAL_DRAFTS_LIMIT = env.number("HUIYIN_PORTAL_DRAFTS_MB", 10_000, least=1, most=100_000_000) * 1024 * 1024
FREE_SPACE = env.number("HUIYIN_FREE_MB", 500, least=0, most=100_000_000) * 1024 * 1024
set_by_unit(env.own_days())
EVALUATION_DAYS = env.number("HUIYIN_EVALUATION_DAYS", 30, least=1, most=365)
CALL_BACK_EVERY = env.number("HUIYIN_CALL_BACK_EVERY", 10, least=0, most=1000)
BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024  # a file with the form around it

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HUIYIN_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "huiyin.web.ui.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reading"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "huiyin.kernel.logs.RefusalsAreOneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "loggers": {"django.request": {"level": "CRITICAL"}},  # its lines hold addresses; web.ui.errors logs every defect
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("HUIYIN_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
