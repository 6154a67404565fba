"""Who leads the academy: the first one, and from the terminal."""

from django.db import transaction
from wagtail.log_actions import log

from akademie.accounts import queries
from akademie.accounts.models import Role, User
from akademie.accounts.queries import DEMO_ADDRESSES
from akademie.core import stamps
from akademie.core.actions import NotPossible


def make_lead(email: str) -> User:
    """Make the person with this address Leitung, with a new account if need be: the first one, from the terminal."""
    user = User.objects.filter(email=email).first() or User(email=email)
    user.role, user.is_active = Role.LEAD, True
    if user.pk is None:
        user.set_unusable_password()
    user.save()
    log(instance=user, action="accounts.role", data={"role": user.get_role_display()})
    return user


@transaction.atomic
def make_first_lead(email: str, *, first_name: str, last_name: str) -> User:
    """Make somebody the first Leitung of this academy; NotPossible once there is one. Of two at once one wins."""
    stamps.bump(queries.FIRST_LEAD)  # the row for which a second one waits
    if queries.has_lead():
        raise NotPossible("Diese Akademie hat schon eine Leitung. Bitte melden Sie sich an.")
    if email in DEMO_ADDRESSES:
        raise NotPossible("Diese Adresse gehört einer Person der Demo. Bitte nehmen Sie Ihre eigene.")
    user = make_lead(email)
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    return user
