"""Settings of the tests: the real ones with a throw-away place, mails in memory and jobs at once."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
# Each process its own, whatever it inherits: two runs of the tests would share the database, two workers the files.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="akademie-tests-")

from akademie.settings import *  # noqa: F403

if SQLITE:  # noqa: F405
    # In a file, as in production: who writes waits for others; in memory the second is turned away at once.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["root"]["handlers"] = ["console"]  # type: ignore[index]  # noqa: F405  (tests of the list of errors bring their own)
SECOND_FACTOR = False  # tests of the office sign people in directly; those of the second factor switch it on
FORM_SECONDS = 0  # tests send forms at once; those of the trap switch it on
