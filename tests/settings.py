"""hub.settings as the tests use them: the same database, and nothing that outlives a test or slows it for no gain."""

from hub import env
from hub.settings import *  # noqa: F403
from hub.settings import CACHES, DATABASES, HUB_MODE, VAR_DIR

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # static files need not be collected first
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
MAIL_IN_BACKGROUND = False
MAIL_CARRIER = EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# few rows and many questions: nothing waits for a disk, and no question is worth a process or a compiler of its own
PLANS = ("join_collapse_limit", "from_collapse_limit")  # with a few rows planning takes longer than asking
QUICK = {
    "synchronous_commit": "off",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    **dict.fromkeys(PLANS, "1"),
}
DATABASES["default"]["OPTIONS"]["options"] = " ".join(f"-c {name}={value}" for name, value in QUICK.items())
OWNER_DATABASE = env.database(HUB_MODE, VAR_DIR, owner=True)  # tests work as the web process: tests/database.py
