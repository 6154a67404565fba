"""The guided first run: an address that lets one person say who runs the academy and become its first Leitung."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from akademie.accounts import actions as accounts
from akademie.accounts import queries as people
from akademie.accounts.models import User
from akademie.cms.models import AcademySettings
from akademie.core.actions import NotPossible
from akademie.operation.actions.mail import send_test_mail

SALT = "cms.set_up"


def setup_address() -> str:
    """Return the address of the guided first run. It works until the academy has its first Leitung."""
    token = signing.dumps(people.first_lead_word(), salt=SALT)
    return settings.SITE_URL + reverse("cms:set_up", args=[token])


def setup_lines() -> list[str]:
    """Return what a start says while nobody leads the academy; nothing otherwise."""
    if not people.waits_for_its_lead():
        return []
    return ["Noch leitet niemand diese Akademie. Richten Sie sie hier ein:", f"  {setup_address()}"]


def check_setup_token(token: str) -> None:
    """NotPossible unless this is the address of the first run and somebody still has to do it. Changes nothing."""
    try:
        word = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotPossible("Diese Adresse ist unvollständig. Bitte öffnen Sie sie genau so, wie sie da stand.") from None
    if settings.DEMO:
        raise NotPossible("Diese Akademie ist eine Demo. Starten Sie sie zuerst ohne Demo, mit DEMO=False.")
    if people.has_lead() or word != people.first_lead_word():
        raise NotPossible("Diese Akademie hat schon eine Leitung. Bitte melden Sie sich an.")


@transaction.atomic
def set_up(token: str, *, about: dict[str, Any], email: str, first_name: str, last_name: str) -> User:
    """Write down who runs the academy, make its first Leitung and mail her. NotPossible for all but the first one."""
    check_setup_token(token)
    user = accounts.make_first_lead(email, first_name=first_name, last_name=last_name)
    academy = AcademySettings.load()
    for name, value in about.items():
        setattr(academy, name, value)
    academy.save()
    send_test_mail(by=user)
    return user
