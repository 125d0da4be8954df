"""Settings: what differs between installations comes from the environment; no law and no secret stands here.

The addresses of the database are put into the environment by ``config.environment.prepare`` (a local server) or by the
administrator (``DATABASE_URL`` for the application's role, ``DATABASE_OWNER_URL`` for the migrating role).
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config.addresses import database_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("JISHIYU_VAR", BASE_DIR / "var"))
PACK_DIR = Path(os.environ.get("JISHIYU_PACK", BASE_DIR / "policy" / "xicheng"))
UPLOAD_DIR = VAR_DIR / "uploads"
# How long an application that was begun on line and left is kept, after it was last written on.
JISHIYU_DRAFT_DAYS = int(os.environ.get("JISHIYU_DRAFT_DAYS", "30"))

DEMO = os.environ.get("JISHIYU_DEMO") == "1"
# Shown on the demo's log-in page; nothing but the demo district has it.
DEMO_PASSWORD = os.environ.get("JISHIYU_DEMO_PASSWORD", "jishiyu-demo-2026")
DEBUG = os.environ.get("JISHIYU_DEBUG") == "1"

# A district sets these; the demo and the tests make their own in var/secrets.env. The zeros let tools read the settings.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "unset" if not DEMO else "demo")
JISHIYU_SM4_KEY = bytes.fromhex(os.environ.get("JISHIYU_SM4_KEY", "00" * 16))
JISHIYU_INDEX_KEY = bytes.fromhex(os.environ.get("JISHIYU_INDEX_KEY", "00" * 16))

# The key by which messages to partners are signed (PEM, EC P-256); none: one derived from SECRET_KEY.
JISHIYU_SIGNING_KEY_FILE = os.environ.get("JISHIYU_SIGNING_KEY_FILE", "")

ALLOWED_HOSTS = os.environ.get("JISHIYU_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "jishiyu.journal",
    "jishiyu.offices",
    "jishiyu.law",
    "jishiyu.partners",
    "jishiyu.evidence",
    "jishiyu.registry",
    "jishiyu.assessment",
    "jishiyu.programmes",
    "jishiyu.cases",
    "jishiyu.notices",
    "jishiyu.funds",
    "jishiyu.oversight",
    "jishiyu.doors.threshold",
    "jishiyu.doors.desk",
    "jishiyu.doors.portal",
    "jishiyu.doors.exchange",
    "jishiyu.doors.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jishiyu.doors.threshold.middleware.LanguageChoice",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jishiyu.doors.threshold.middleware.PostOfRequest",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "jishiyu.doors.threshold.context.threshold",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "jishiyu.doors.threshold.templatetags.jishiyu",
            ],
        },
    }
]

DATABASES = database_settings(os.environ)
DATABASE_ROUTERS = ["config.addresses.OwnerOnlyMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "offices.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "jishiyu.doors.threshold.demo_password.NoDemoPassword",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if os.environ.get("JISHIYU_FAST_HASH") == "1":
    # Tests log in hundreds of times; argon2 costs 88 ms each time on purpose.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
# How many days after its own day a plain step can still be taken back (撤销). An office's rule, not the law's.
TAKE_BACK_DAYS = int(os.environ.get("JISHIYU_TAKE_BACK_DAYS", "0"))
SESSION_COOKIE_AGE = 60 * 60 * 9
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("JISHIYU_HTTPS") == "1"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jishiyu.doors.threshold.failures.csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "desk/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "jishiyu.doors.threshold.assets.PackagedAssets",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "jishiyu.doors.threshold.uploads.NoMoreThanAccepted",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Processes that compute beside the one that takes a run over the district forward; unset: one or two, by the machine's cores.
JISHIYU_SCREENING_PROCESSES = (
    int(os.environ["JISHIYU_SCREENING_PROCESSES"]) if os.environ.get("JISHIYU_SCREENING_PROCESSES") else None
)

# How many days a household that was taken along for a visit may stay on an officer's device; 0 forbids it.
VISIT_DAYS = int(os.environ.get("JISHIYU_VISIT_DAYS", "7"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
