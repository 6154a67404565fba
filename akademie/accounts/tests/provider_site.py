"""A real OpenID Connect provider, for the tests: the one that django-allauth ships, in a process of its own.

    python provider_site.py FOLDER PORT REDIRECT_URI

`/als/<address>/` signs somebody in there, with a confirmed address unless it begins with "unbestaetigt".
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def configure(folder: Path, port: int) -> None:
    """Set up a site that is nothing but a provider."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        SESSION_COOKIE_NAME="provider",
        USE_TZ=True,
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(encoding, form, serialization.NoEncryption()).decode(),
    )  # fmt: skip
    django.setup()


def sign_in(request: HttpRequest, email: str) -> HttpResponse:
    """Be somebody at the provider."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth import login
    from django.contrib.auth.models import User

    user, new = User.objects.get_or_create(
        username=email, defaults={"email": email, "first_name": "Paula", "last_name": "Platz"}
    )
    if new and not email.startswith("ohne"):
        verified = not email.startswith("unbestaetigt")
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("ok")


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


def main(folder: Path, port: int, redirect_uri: str) -> None:
    """Run until the process is ended."""
    configure(folder, port)
    from allauth.idp.oidc.models import Client
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    add_addresses()
    call_command("migrate", verbosity=0)
    client = Client(id="akademie", name="Akademie", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_secret("geheim")
    client.redirect_uris = redirect_uri
    client.save()
    with make_server("localhost", port, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


def add_addresses() -> None:
    """Give this module, which is the provider's list of addresses too, its list: once the apps are there."""
    from django.urls import include, path

    globals()["urlpatterns"] = [
        path("als/<str:email>/", sign_in),
        path("konto/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
