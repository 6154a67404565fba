"""One settings file; every value that differs between installations comes from the environment (`.env.example`).

Unsafe combinations stop the start with a sentence that says what to do.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """Return a variable, or the content of the file that NAME_FILE points to (for secrets kept in files)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """Return a switch; only True and False are understood, so that `no` never means yes."""
    value = os.environ.get(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} muss True oder False sein, nicht {value!r}.")
    return value == "True"


def env_int(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} muss eine ganze Zahl sein, nicht {value!r}.") from error


def env_list(name: str, default: str = "") -> list[str]:
    """Return a comma separated list without empty entries."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


# -- what kind of installation this is ------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG", False)
DEMO = env_bool("DEMO", False)  # demo data and demo people; only for a loopback address
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var")))
BUILD_DIR = BASE_DIR / ".build"  # front-end files and collected static files, made by the bootstrap
SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY fehlt: Setzen Sie SECRET_KEY oder SECRET_KEY_FILE auf 50 zufällige Zeichen.")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL muss aussehen wie https://akademie.example, nicht {SITE_URL!r}.")
LOOPBACK = _site.hostname in ("127.0.0.1", "localhost", "::1")
SECURE = _site.scheme == "https"
if DEMO and not LOOPBACK:
    raise ImproperlyConfigured("DEMO=True öffnet Beispielkonten für alle: nur mit einer SITE_URL auf diesem Rechner.")
if not LOOPBACK and not SECURE:
    raise ImproperlyConfigured("SITE_URL muss für andere Rechner mit https:// beginnen.")
if DEBUG and not LOOPBACK:
    raise ImproperlyConfigured("DEBUG=True zeigt das Innere: nur mit einer SITE_URL auf diesem Rechner.")
if not LOOPBACK and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY ist zu kurz: Setzen Sie mindestens 50 zufällige Zeichen.")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if LOOPBACK else _site.hostname)
if "*" in ALLOWED_HOSTS and (DEMO or not LOOPBACK):
    raise ImproperlyConfigured("ALLOWED_HOSTS muss die Namen dieser Website nennen, nicht *.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# -- what it is made of ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    # ours, upper floors first: their templates win over Wagtail's
    "akademie.portal",
    "akademie.api",
    "akademie.exchange",
    "akademie.events",
    "akademie.practices",
    "akademie.accessibility",
    "akademie.formats",
    "akademie.library",
    "akademie.surveys",
    "akademie.search",
    "akademie.cms",
    "akademie.editing",
    "akademie.weblinks",
    "akademie.moderation",
    "akademie.people",
    "akademie.questionnaires",
    "akademie.easy",
    "akademie.towns",
    "akademie.terms",
    "akademie.topics",
    "akademie.notifications",
    "akademie.files",
    "akademie.operation",
    "akademie.privacy",
    "akademie.accounts",
    "akademie.core",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "akademie.accounts.wagtail_users.AcademyUsersConfig",  # wagtail.users with our forms
    "wagtail",
    "modelcluster",
    "wagtail.search",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for the form renderer
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Answers hold no secret that an attacker could guess by their length: CSRF tokens are masked anew each time.
    "django.middleware.gzip.GZipMiddleware",
    "akademie.core.middleware.ContentSecurityPolicy",
    "akademie.operation.middleware.count_visits",
    "akademie.core.middleware.keep_stamps",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "akademie.portal.viewing.ViewingAs",
    "akademie.core.middleware.DeclaredAccess",
    "akademie.accounts.middleware.SecondFactorFirst",
    "akademie.people.middleware.ActingAs",
    "akademie.core.middleware.explain_refused_methods",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "akademie.urls"
WSGI_APPLICATION = "akademie.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "akademie.core.frame.context",
                "akademie.portal.handbook.context",
            ],
            "builtins": ["akademie.core.templatetags.ui", "template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "akademie.core.forms.Renderer"

# -- database -------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"), conn_max_age=None, conn_health_checks=True
    )
}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    # REST framework, which Wagtail loads, would load PostgreSQL's driver for fields that nothing here has: 9 MB.
    sys.modules["django.contrib.postgres"] = None  # type: ignore[assignment]
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # a file does not hang up
    # Writers queue from the start of their transaction instead of failing in the middle; no mmap: it makes the
    # WAL-reset fault of older releases worse.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-1000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA mmap_size=0;",
    }
else:  # a server that says nothing must not hold up every page; DATABASE_URL may say another number of seconds
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/mein-bereich/"
SIGN_IN_LINK_MINUTES = 30
FORM_SECONDS = env_int("FORM_SECONDS", 2)  # who sends a public form faster is asked to send it again; 0: nobody
SECOND_FACTOR = env_bool("SECOND_FACTOR", not DEMO)  # whether Redaktion and Leitung need one
if not SECOND_FACTOR and not LOOPBACK:
    raise ImproperlyConfigured("SECOND_FACTOR=False ist unsicher: nur mit einer SITE_URL auf diesem Rechner.")
AUTH_PASSWORD_VALIDATORS = [  # of those who want a password; nobody needs one
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# django-allauth: the protocols behind our own pages. Limits are ours (`core.limits`): its own live in each process.
ACCOUNT_ADAPTER = "akademie.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a link or a code has done it
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "akademie.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # codes on paper are ours
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute wrong
OIDC_ISSUER = env("OIDC_ISSUER").rstrip("/")
OIDC_NAME = env("OIDC_NAME", "Dienstkonto")
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://") and not LOOPBACK:
    raise ImproperlyConfigured("OIDC_ISSUER muss für andere Rechner mit https:// beginnen.")
SOCIALACCOUNT_ADAPTER = "akademie.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "anbieter",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}
WAGTAILADMIN_LOGIN_URL = "/anmelden/"
WAGTAIL_FRONTEND_LOGIN_URL = "/anmelden/"  # asked for documents of a collection that is not public
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# -- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # years and keys are numbers too; figures use intcomma

# -- files ----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/medien/"
STATIC_URL = "/static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [BUILD_DIR / "frontend"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "akademie.core.staticfiles.CompressedOnce"},
}
SEARCH_INDEX_DIR = DATA_DIR / "index"
BACKUP_DIR = Path(env("BACKUP_DIR", str(DATA_DIR / "backups")))
REFERENCE_DIR = BASE_DIR / "data"
FONTS_DIR = BUILD_DIR / "fonts"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640

# -- mail -----------------------------------------------------------------------------------------------------------
EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", True)
EMAIL_TIMEOUT = 20
# A shell and systemd take the quotes around the value away, a container passes them on.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "Kleinstadtakademie <akademie@localhost>").strip('"')
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_DKIM_SELECTOR = env("EMAIL_DKIM_SELECTOR")  # only looked up, for the self-test: the mail server signs
# Where mails come back that did not arrive, and how to read them there; without a host nobody reads them.
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS")
BOUNCE_IMAP_HOST = env("BOUNCE_IMAP_HOST")
BOUNCE_IMAP_PORT = env_int("BOUNCE_IMAP_PORT", 993)
BOUNCE_IMAP_USER = env("BOUNCE_IMAP_USER")
BOUNCE_IMAP_PASSWORD = env("BOUNCE_IMAP_PASSWORD")
BOUNCE_IMAP_TLS = env_bool("BOUNCE_IMAP_TLS", True)
EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"  # keeps every mail until the worker has handed it over
if EMAIL_HOST:
    MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
elif LOOPBACK:
    MAIL_TRANSPORT = "akademie.core.mail.DemoBackend"  # keeps each mail as a file and shows its links on the terminal
else:
    raise ImproperlyConfigured("EMAIL_HOST fehlt: Zum Anmelden schickt die Akademie E-Mails über einen Mailserver.")

# -- jobs -----------------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- other servers that the academy asks (`core.fetch`) ---------------------------------------------------------------
OUTGOING_PORTS = [80, 443, *(int(port) for port in env_list("OUTGOING_PORTS"))]

# -- open data ------------------------------------------------------------------------------------------------------
DCAT_CONTRIBUTOR_ID = env("DCAT_CONTRIBUTOR_ID")  # given by GovData to whoever delivers to its portal

# -- security -------------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "akademie.core.views.public.csrf_failure"
SESSION_COOKIE_NAME = "akademie_sitzung"
CSRF_COOKIE_NAME = "akademie_schutz"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^gesundheit/$"]  # asked from this machine too, where nobody takes TLS off
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env_bool("BEHIND_PROXY", False)  # also decides whose address limits count
if BEHIND_PROXY and DEMO:
    raise ImproperlyConfigured("DEMO=True öffnet Beispielkonten für alle: nicht hinter einem Webserver (BEHIND_PROXY).")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # KERN's css carries its icons as data: addresses
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# Wagtail's back office needs inline styles and scripts; it is for the office only and loads nothing from outside.
CONTENT_SECURITY_POLICY_BACK_OFFICE = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "frame-ancestors": ["'self'"],  # it shows previews beside the form
    "img-src": ["'self'", "data:", "blob:"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "script-src": ["'self'", "'unsafe-inline'"],
}
# What no page of ours asks of a device, and so nothing that got into one may either.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
BACK_OFFICE_PREFIX = "/geschaeftsstelle/cms/"

# -- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Kleinstadtakademie"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "files.AcademyImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "akademie.files.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "files.AcademyDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "akademie.files.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nothing is asked of anyone outside
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
# Pictures of other kinds are not taken: so their library, which Wagtail loads where it finds it, would be 7 MB in vain.
sys.modules["pillow_heif"] = None  # type: ignore[assignment]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # 120 MB while sizes are made of it
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Each process would keep its own sizes of pictures, and not hear of those that another has replaced.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
TAGGIT_CASE_INSENSITIVE = True

# -- log ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "office": {"class": "akademie.operation.error_log.ErrorLog", "level": "ERROR"},  # the list of errors
    },
    "root": {"handlers": ["console", "office"], "level": "WARNING"},
    "loggers": {"akademie": {"level": "INFO"}},
}
