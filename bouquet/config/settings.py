"""The settings of a network: every choice of an operator is a BOUQUET_* variable, read here and nowhere else."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import environ

from bouquet.config.env import env_flag, env_number, env_text
from bouquet.config.object_store import OBJECT_STORE as OBJECT_STORE
from bouquet.config.object_store import OBJECT_STORE_AFTER_HOURS as OBJECT_STORE_AFTER_HOURS
from bouquet.config.sign_in_providers import SIGN_IN_TARGETS as SIGN_IN_TARGETS
from bouquet.config.sign_in_providers import SOCIALACCOUNT_PROVIDERS as SOCIALACCOUNT_PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(env_text("BOUQUET_DATA") or ROOT / "data").resolve()
DEBUG = env_flag("BOUQUET_DEBUG")
TESTING = env_flag("BOUQUET_TESTING")


def _kept_secret() -> str:
    """The signing key: given by the operator, or made once and kept in the data folder (mode 600)."""
    if given := env_text("BOUQUET_SECRET_KEY"):
        return given
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = _kept_secret()

# ── Where people find us ─────────────────────────────────────────────────────────────────────────────────────────────
MAIN_HOST = env_text("BOUQUET_HOST", "bouquet.localhost")
PORT = env_number("BOUQUET_PORT", env_number("PORT", 8000))
SCHEME = env_text("BOUQUET_SCHEME", "http")
# Which hosts are served is a question for the Site table (shared/network/middleware.py), not for a setting.
ALLOWED_HOSTS = ["*"]
# Behind a proxy of our own, the client's address and scheme are in its headers; never believe them otherwise.
BEHIND_PROXY = env_flag("BOUQUET_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How long a process believes what it knows of sites and brands before it asks the database whether that changed.
DIRECTORY_SECONDS = 0 if TESTING else 1
# Where readers are: a header of our own proxy that names the country (only believed behind it), else this database.
TERRITORY_HEADER = env_text("BOUQUET_TERRITORY_HEADER")
TERRITORY_DATABASE = env_text(
    "BOUQUET_TERRITORY_DATABASE",
    str(ROOT / "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"),
)
# Whole pages for strangers, kept in each server process (docs/running/page-cache.md). 0 seconds: all are made anew.
PAGE_CACHE_SECONDS = env_number("BOUQUET_PAGE_CACHE_SECONDS", 300)
PAGE_CACHE_MEGABYTES = env_number("BOUQUET_PAGE_CACHE_MEGABYTES", 64)
PAGE_THREADS = env_number("BOUQUET_PAGE_THREADS", 8)  # pages worked on at once by one server process
WAGTAILADMIN_BASE_URL = f"{SCHEME}://{MAIN_HOST}" + ("" if PORT in (80, 443) else f":{PORT}")

# ── The rooms ────────────────────────────────────────────────────────────────────────────────────────────────────────
# The order among shared apps is the order of the house: a line may use only the lines below it.
SHARED = [
    "proposals",
    "fronts",
    "comments",
    "access",
    "discovery",
    "audience",
    "search",
    "works",
    "assets",
    "notifications",
    "network",
    "accounts",
]


def _kinds() -> list[str]:
    """Every folder in kinds/ with an apps.py is a kind; BOUQUET_KINDS narrows them."""
    wanted, kinds = [name for name in env_text("BOUQUET_KINDS").split(",") if name], ROOT / "bouquet" / "kinds"
    return sorted(path.parent.name for path in kinds.glob("*/apps.py") if not wanted or path.parent.name in wanted)


KINDS = _kinds()
INSTALLED_APPS = [
    *(f"bouquet.kinds.{name}" for name in KINDS),
    *(f"bouquet.shared.{name}" for name in SHARED if (ROOT / "bouquet" / "shared" / name / "apps.py").exists()),
    "bouquet.toolkit",
    "bouquet.toolkit.tasks",
    "bouquet.toolkit.page_cache",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "bouquet.shared.accounts.desk_users.PeopleOnTheDesk",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_vite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "bouquet.toolkit.api.middleware.ProblemMiddleware",
    "bouquet.toolkit.address_text.AddressTextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "bouquet.toolkit.packing.PackingMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bouquet.shared.works.old_address_middleware.OldAddressMiddleware",
    "bouquet.shared.network.middleware.SiteMiddleware",
    "bouquet.shared.accounts.middleware.NetworkSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bouquet.shared.accounts.middleware.PersonMiddleware",
    "bouquet.shared.network.middleware.SiteLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bouquet.shared.accounts.middleware.EntranceMiddleware",
    "bouquet.shared.network.crossing_middleware.CrossingMiddleware",
    "bouquet.shared.accounts.middleware.DeskMiddleware",
    "bouquet.toolkit.csp.ContentSecurityPolicyMiddleware",
    "bouquet.shared.network.middleware.DoorMiddleware",
    "bouquet.shared.works.middleware.OutsideTerritoryMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "bouquet.config.urls"
WSGI_APPLICATION = "bouquet.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bouquet.shared.network.context.network",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bouquet.toolkit.templatetags.ui",
                "bouquet.toolkit.templatetags.remembering",
            ],
        },
    },
]

# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": environ.Env.db_url_config(env_text("BOUQUET_DATABASE_URL", f"sqlite:///{DATA}/bouquet.sqlite3"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening it costs 5 ms of a page: each thread keeps its own
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        " PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env_number("BOUQUET_DATABASE_KEEP", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_text("BOUQUET_REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "bouquet.toolkit.tasks.backend.RowsBackend", "QUEUES": []}}

# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 60 * 60
# Sites below this domain share one session cookie; others are signed in by a crossing (shared/network/crossing.py).
COOKIE_PARENT = env_text("BOUQUET_COOKIE_PARENT", MAIN_HOST)
# The editors' desk asks for a second factor (authenticator app or passkey). A demo network has none, and says so.
DEMO = env_flag("BOUQUET_DEMO")
STAFF_TOTP = env_flag("BOUQUET_STAFF_TOTP", not (DEMO or TESTING))
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db" if REDIS_URL else "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_NAME = "bq_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SCHEME == "https"
CSRF_COOKIE_NAME = "bq_csrf"

# allauth: e-mail and password, one-time codes, passkeys, authenticator app (docs/decisions/0030, 0031)
ACCOUNT_ADAPTER = "bouquet.shared.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "bouquet.shared.accounts.forms.name.NameForm"
ACCOUNT_FORMS = {
    name: f"bouquet.shared.accounts.forms.{path}"
    for name, path in {
        "login": "entrance.SignInForm",
        "signup": "entrance.SignUpForm",
        "request_login_code": "entrance.RequestCodeForm",
        "reset_password": "entrance.ResetPasswordForm",
        "reset_password_from_key": "entrance.ResetPasswordKeyForm",
        "add_email": "entrance.ChangeEmailForm",
        "change_password": "entrance.ChangePasswordForm",
        "set_password": "entrance.SetPasswordForm",
        "reauthenticate": "entrance.ReauthenticateForm",
        "confirm_login_code": "codes.SignInCodeForm",
        "confirm_email_verification_code": "codes.AddressCodeForm",
    }.items()
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# (Correcting the address on the code's page would tell who has an account: allauth offers it to new ones only.)
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the address, and the one that it is being changed to
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or address is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SCHEME
MFA_ADAPTER = "bouquet.shared.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    name: f"bouquet.shared.accounts.forms.{path}"
    for name, path in {
        "authenticate": "codes.SecondFactorForm",
        "reauthenticate": "codes.ProveAgainForm",
        "activate_totp": "codes.ActivateAppForm",
        "add_webauthn": "passkeys.AddPasskeyForm",
        "edit_webauthn": "passkeys.RenamePasskeyForm",
        "signup_webauthn": "passkeys.FirstPasskeyForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
# Browsers offer passkeys without https on localhost only, so this opens nothing on a real network.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SCHEME != "https"
MFA_TOTP_TOLERANCE = 1
# Nobody is signed in before their address is confirmed, so a new address may be added beside a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "bouquet.shared.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
# A provider's word for an address is believed only where the provider has verified it itself.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# ── Languages and time ───────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [ROOT / "bouquet" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_text("BOUQUET_TIME_ZONE", "Europe/Paris")
LANGUAGE_COOKIE_NAME = "bq_language"
FORMAT_MODULE_PATH = "bouquet.config.formats"

# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FRONTEND = ROOT / "build" / "frontend"
STATICFILES_DIRS = [FRONTEND] if FRONTEND.exists() else []
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
EXPORTS_ROOT = DATA / "exports"  # people's copies of their data: given to their owner only
STREAMS_ROOT = DATA / "streams"  # renditions, posters, storyboards: served by signed address only
UPLOADS_ROOT = DATA / "uploads"  # what tus receives; the source of an asset afterwards
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bouquet.toolkit.static_files.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND / "manifest.json", "static_url_prefix": ""}}

# ── Uploads and video ────────────────────────────────────────────────────────────────────────────────────────────────
FFMPEG = env_text("BOUQUET_FFMPEG")
FFPROBE = env_text("BOUQUET_FFPROBE")
UPLOAD_MAX_BYTES = env_number("BOUQUET_UPLOAD_MAX_BYTES", 16 * 1024**3)
UPLOAD_STAFF_MAX_BYTES = env_number("BOUQUET_UPLOAD_STAFF_MAX_BYTES", 64 * 1024**3)  # for who works for the group
UPLOAD_OPEN_MAX = env_number("BOUQUET_UPLOAD_OPEN_MAX", 20)  # uploads that a person may have begun and not ended
UPLOAD_QUOTA_BYTES = env_number("BOUQUET_UPLOAD_QUOTA_BYTES", 100 * 1024**3)  # kept originals, for each person
EMBEDS = env_text("BOUQUET_EMBEDS", "usual").lower().replace(",", " ").split()  # names: kinds/articles/outside.py
# Hosts inside our own network that strangers' addresses may lead to (an intranet's film server): name or name:port.
FETCH_PRIVATE_HOSTS = env_text("BOUQUET_FETCH_PRIVATE_HOSTS").lower().replace(",", " ").split()
IMPORT_FILM_SECONDS = env_number("BOUQUET_IMPORT_FILM_SECONDS", 6 * 3600)  # the longest one try at a film may take
UPLOAD_EXPIRES_HOURS = env_number("BOUQUET_UPLOAD_EXPIRES_HOURS", 48)
FORMER_FILM_DAYS = env_number("BOUQUET_FORMER_FILM_DAYS", 7)  # a film that was replaced or cut can come back so long
ORIGINALS_ARCHIVE = env_text("BOUQUET_ORIGINALS_ARCHIVE")  # a folder on a slower disk; empty: originals are not moved
ORIGINALS_MOVE_AFTER_DAYS = env_number("BOUQUET_ORIGINALS_MOVE_AFTER_DAYS", 0)  # days after ready; 0: never
ORIGINALS_DROP_AFTER_DAYS = env_number("BOUQUET_ORIGINALS_DROP_AFTER_DAYS", 0)
DISK_RESERVE_BYTES = env_number("BOUQUET_DISK_RESERVE_BYTES", 2 * 1024**3)  # never fill the disk to the last byte
X_ACCEL = env_flag("BOUQUET_X_ACCEL")  # nginx in front sends originals itself (docs/running/production.md)
MEDIA_PORT = env_number("BOUQUET_MEDIA_PORT", 0)  # of the media door; 0: there is none (docs/running/production.md)
STREAM_ADDRESS_HOURS = env_number("BOUQUET_STREAM_ADDRESS_HOURS", 6)
STREAM_ORIGIN = env_text("BOUQUET_STREAM_ORIGIN").rstrip("/")  # a CDN before streams and posters (docs/running/cdn.md)
# What a request to /tus/ passes to learn its site, its person and its language (shared/assets/tus/rows.py).
UPLOAD_MIDDLEWARE = [
    name
    for name in MIDDLEWARE
    if name.split(".")[-1] in {"SiteMiddleware", "NetworkSessionMiddleware", "PersonMiddleware", "SiteLocaleMiddleware"}
]
VIDEO_MAX_HOURS = env_number("BOUQUET_VIDEO_MAX_HOURS", 12)
VIDEO_THREADS = env_number("BOUQUET_VIDEO_THREADS", 0)  # of one encoder; 0: as many as there are cores
VIDEO_LARGEST_RUNG = env_number("BOUQUET_VIDEO_LARGEST_RUNG", 2160)  # lines of the highest rung that is encoded
VIDEO_PIECES_AT_ONCE = env_number("BOUQUET_VIDEO_PIECES_AT_ONCE", 4)  # of one film, by all workers together
VIDEO_AV1_AFTER_VIEWS = env_number("BOUQUET_VIDEO_AV1_AFTER_VIEWS", 0)  # 0: never by itself
VIDEO_CHUNK_SECONDS = env_number("BOUQUET_VIDEO_CHUNK_SECONDS", 60)  # long films are encoded in pieces of this length
# ── Audience ─────────────────────────────────────────────────────────────────────────────────────────────────────────
AUDIENCE_SPOOL = env_text("BOUQUET_AUDIENCE_SPOOL", str(DATA / "audience"))  # hits between collector and store
AUDIENCE_DAYS = env_number("BOUQUET_AUDIENCE_DAYS", 8)  # how long single plays are kept; the sums of days stay
AUDIENCE_STORE = env_text("BOUQUET_AUDIENCE_STORE", "bouquet.shared.audience.store.rows.RowStore")
SPEECH_EVERY_FILM = env_flag("BOUQUET_SPEECH_EVERY_FILM")  # without being asked
SPEECH_MODEL = env_text("BOUQUET_SPEECH_MODEL")  # folder of a faster-whisper model; empty: no automatic captions
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2

# ── Mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
EMAIL_CONFIG = environ.Env.email_url_config(env_text("BOUQUET_EMAIL_URL", f"filemail:///{DATA}/mail"))
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = str(DATA / "mail")
# A demo network keeps its mail in files and shows it at /accounts/mailbox/, so that sign-up codes can be read.
DEMO_MAILBOX = DEMO and EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
DEFAULT_FROM_EMAIL = env_text("BOUQUET_FROM_EMAIL", f"Bouquet <noreply@{MAIN_HOST}>")
# A provider instead of SMTP: its name at Anymail (brevo, mailjet, postmark…) and its settings there, as JSON.
if MAIL_PROVIDER := env_text("BOUQUET_MAIL_PROVIDER").strip().lower():
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
    ANYMAIL = json.loads(env_text("BOUQUET_MAIL_PROVIDER_SETTINGS", "{}"))
    INSTALLED_APPS.append("anymail")
NEWSLETTERS_PER_MINUTE = env_number("BOUQUET_NEWSLETTERS_PER_MINUTE", 0)  # 0: as fast as the mail server takes them
# A machine that writes summaries: the address below which it has /chat/completions, its model, its key.
WRITER_URL, WRITER_MODEL = env_text("BOUQUET_WRITER_URL"), env_text("BOUQUET_WRITER_MODEL")
WRITER_KEY = env_text("BOUQUET_WRITER_KEY")

# ── Wagtail ──────────────────────────────────────────────────────────────────────────────────────────────────────────
WAGTAIL_SITE_NAME = "Bouquet"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one desk, one clock
# Addresses and passwords are changed at /me/, where it is asked who one is and other devices are signed out.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
# One way in, the network's own; what Wagtail knows of passwords, addresses and pictures of people is /me/'s.
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nobody's address is hashed and sent to a third party
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILIMAGES_IMAGE_MODEL = "network.Picture"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "heic": "jpeg", "webp": "webp"}
WAGTAILIMAGES_IMAGE_FORM_BASE = "bouquet.shared.network.picture_forms.CleanPictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

SILENCED_SYSTEM_CHECKS = ["security.W019"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env_text("BOUQUET_LOG", "WARNING").upper()},
    # A page that is not there is the reader's news, not the operator's.
    # Two tasks that index the same page at once trip over each other; the second is tried again, and says so itself.
    "loggers": {"django.request": {"level": "ERROR"}, "modelsearch.index": {"level": "CRITICAL"}},
}
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
