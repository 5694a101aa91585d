"""Every setting of the Hub. What differs between machines comes from the environment, through hub/env.py."""

from pathlib import Path

from csp.constants import NONE, SELF

from hub import env, env_files, env_keys, static_files
from hub.accounts.sign_in_settings import *  # noqa: F403 - sessions exist for staff only: no reader gets a cookie
from hub.languages_offered import languages_offered

BASE_DIR = Path(__file__).resolve().parent.parent
HUB_MODE = env.mode()
PRODUCTION = HUB_MODE == "production"
VAR_DIR = env.folder("HUB_VAR_DIR", BASE_DIR / "var")

# --- Who we are, and where

SECRET_KEY = env_keys.secret_key(HUB_MODE, VAR_DIR)
SECRET_KEY_FALLBACKS = env_keys.older_secret_keys()
HUB_LINK_KEYS = env_keys.link_keys(HUB_MODE, VAR_DIR, SECRET_KEY)
HUB_ENCRYPTION_KEYS = env_keys.encryption_keys(HUB_MODE, VAR_DIR)
ALLOWED_HOSTS = env.allowed_hosts(HUB_MODE)
HUB_ADDRESS = env.address(HUB_MODE, ALLOWED_HOSTS)
DEBUG = env.debug(HUB_MODE)
WAGTAIL_SITE_NAME = "the Hub"  # what Wagtail has typed before many pages go; the name: hub/partners/partnership.py
WAGTAILADMIN_BASE_URL = HUB_ADDRESS
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"

INSTALLED_APPS = [
    "hub.demo",
    "hub.upkeep",
    "hub.moving",
    "hub.feedback",
    "hub.packs",
    "hub.stories",
    "hub.pages",
    "hub.accounts",
    "hub.partners",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "hub.accounts.users_app.HubUsersConfig",  # wagtail.users, with forms of ours
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # so that FORM_RENDERER finds Django's own widgets
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.pages.serving.small_on_the_wire.SmallOnTheWire",
    "hub.security_headers.SecurityHeadersMiddleware",
    "hub.pages.serving.no_copies.KeptNowhereMiddleware",
    "hub.spreadsheets.NoFormulas",
    "hub.upkeep.unfinished.NothingWhileRestoring",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hub.letterbox.LetterboxMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hub.accounts.typed.NothingTypedIsLost",
    "hub.accounts.gate.StillSignedInMiddleware",
    "hub.accounts.gate.SecondFactorMiddleware",
    "hub.accounts.known_browser.KnownBrowserMiddleware",
    "hub.pages.admin.doors.AdminDoorsMiddleware",
]

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
                "hub.pages.serving.navigation.navigation",
                "hub.pages.kept_nowhere.for_templates",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # lets templates/ replace a widget's inline script

# --- Data

WEB_DATABASE = env.database(HUB_MODE, VAR_DIR)  # as the web process sees it, which owns no table: hub/rights.py
AS_OWNER = env.as_owner()
DATABASES = {
    "default": {
        **(env.database(HUB_MODE, VAR_DIR, owner=True) if AS_OWNER else WEB_DATABASE),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache(VAR_DIR),
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # they come with their pictures
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = languages_offered(LANGUAGE_CODE)  # of pages; staff screens are English
LOCALE_PATHS = [BASE_DIR / "locale"]  # the screens of readers and families: hub/screen_languages.py
USE_TZ = True
WAGTAIL_I18N_ENABLED = False
FORMAT_MODULE_PATH = ["hub.formats"]  # the forms themselves: hub/british_times.py
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en-gb", "English")]  # staff read days and hours as everybody here does
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"

# --- Files. Media has no public address: a view decides for each file who may have it.

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("HUB_STATIC_DIR", VAR_DIR / "static", writable=False)
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "pictures")]  # those of the Help menu
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
EVIDENCE_ROOT = VAR_DIR / "evidence"  # encrypted, and no address leads there: hub/stories/consent/evidence.py
HUB_FILES_ELSEWHERE = env_files.elsewhere() is not None  # media and evidence, in S3-compatible storage
LEDGER_JOURNAL = VAR_DIR / "ledger" / "journal.jsonl"  # outside the database: hub/stories/ledger/journal.py
STORAGES = {
    **env_files.storages(0o640),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = static_files.add_headers
WHITENOISE_MANIFEST_STRICT = False  # a missing icon must not take a help page down with it
HUB_CLAMD = env.clamd()  # a scanner for harmful files, asked by hub/malware.py
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long page in Wagtail's editor has more than Django's 1,000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Mail

globals().update(env.email(VAR_DIR))  # MAIL_CARRIER, EMAIL_HOST and their like
EMAIL_BACKEND = "hub.upkeep.post.Outbox"  # every mail is a row before MAIL_CARRIER takes it away
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"hub@{HUB_ADDRESS.split('//')[1].split(':')[0]}")
EMAIL_SUBJECT_PREFIX = "[The Hub] "

# --- Transport and headers (the policies themselves are chosen in hub/security_headers.py)

HUB_SEVERAL_MACHINES = env.yes_or_no("HUB_SEVERAL_MACHINES", default=False)  # each reader costs a question then
HTTPS = HUB_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"  # no other host can set one that begins like this
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
KNOWN_BROWSER_COOKIE_NAME = "__Secure-known" if HTTPS else "hub_known"  # under /admin/ alone, so not __Host-
MESSAGE_STORAGE = "hub.accounts.refusals.MessagesWithRefusals"  # in the session, and none in a cookie
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.yes_or_no("HUB_HSTS_SUBDOMAINS", default=False)  # below the Hub's own name
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is set in hub/security_headers.py
    "security.W005",  # what stands below the Hub's name may be other people's: HUB_HSTS_SUBDOMAINS
    "security.W021",  # the same: nor is it for us to put it into the browsers' own list
]
CSRF_TRUSTED_ORIGINS = [HUB_ADDRESS]
HUB_BEHIND_PROXY = env.yes_or_no("HUB_BEHIND_PROXY", default=PRODUCTION)
if HUB_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Wagtail

WAGTAIL_PAGE_MODEL = "pages.HubPage"
WAGTAIL_FINISH_WORKFLOW_ACTION = "hub.partners.approval.publish_what_was_approved"
WAGTAILIMAGES_IMAGE_MODEL = "pages.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.HubDocument"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILREDIRECTS_AUTO_CREATE = False  # it would for a story too: hub/pages/serving/moved.py
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "hub.accounts.sign_in.ResetForm"  # noqa: S105 - a form
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address is proved by an invitation; administrators change it
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # with the two below: the admin calls no third party
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_EXTENSIONS = [
    *("avif", "bmp", "gif", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "mpo", "png", "tif", "tiff", "webp"),
]  # what browsers offer to choose; what is taken, the bytes say. No SVG: it can carry script
WAGTAILIMAGES_IMAGE_FORM_BASE = "hub.pages.admin.image_form.HubImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hub.pages.files.document_file.HubDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TAGGIT_CASE_INSENSITIVE = True

# --- Promises to the people in stories and to readers

HUB_MAIL_BY_JOBS = env.yes_or_no("HUB_MAIL_BY_JOBS", default=False)  # what answers readers reaches no mail server
MAIL_IN_BACKGROUND = True  # nobody who stops their story waits for a mail server
COOLING_OFF_DAYS = 7  # to think it over, before a story is first shown
HUB_CHECK_GRACE_DAYS = 60  # this long after a missed check, readers are told
HUB_INVITATION_DAYS = 7  # this long the link to join a partner is good
HUB_BACKUP_DIR = env.text("HUB_BACKUP_DIR")  # where keep_backup puts them; for HUB_BACKUP_RECIPIENT alone to open
HUB_BACKUP_ELSEWHERE = env_files.elsewhere("HUB_BACKUP_URL")  # or into this bucket: hub/upkeep/backup_places.py
HUB_BACKUP_RECIPIENT = env_keys.recipient("HUB_BACKUP_RECIPIENT")
HUB_BACKUP_MONTHS = env.number("HUB_BACKUP_MONTHS", 0, most=12)  # families are told that copies end after 35 days
HUB_MONITOR_TOKEN = env.token("HUB_MONITOR_TOKEN")  # whoever sends it may read /metrics: hub/upkeep/numbers.py
HUB_SECURITY_CONTACT = env.text("HUB_SECURITY_CONTACT")  # mailto: or a page; empty: where the partners are
EXIT_URL = env.web_page("HUB_EXIT_URL", "https://www.bbc.co.uk/weather")  # a dull page, never visited beforehand

# --- Logs: to the terminal, without addresses, paths or the values in an error (hub/logs.py)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"impersonal": {"()": env.log_form("hub.logs.ImpersonalFormatter", json="hub.logs.AsJson")}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "impersonal"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["terminal"], "level": env.log_level()},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": env.log_level(), "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},  # strangers' guesses
    },
}
