"""Data of one person in privacy, for the round trip of tests/test_privacy.py."""

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from akademie.accounts.models import User
from akademie.core.models import MailState, OutgoingMail
from akademie.privacy.models import DataOrder, LegalHold


def leave_traces(person: User, token: str) -> list[str]:
    """Get mails, be spoken of in mails and in the log, hold a record. Return what the archive must show."""
    OutgoingMail.objects.create(address=person.email, subject="Ihre Frage ist angekommen", source=b"")
    OutgoingMail.objects.create(
        address="office@akademie.example", subject="Neue Frage", state=MailState.FAILED,
        source=f"Reply-To: {person.email}\r\n\r\n{token}".encode(),
    )  # fmt: skip
    OutgoingMail.objects.create(
        address="office@akademie.example", subject=f"Kontakt zu {person}", state=MailState.SENT, source=b""
    )
    log(instance=person, action="wagtail.edit", user=person, data={"name": person.get_full_name()})
    UserProfile.objects.create(user=person)
    DataOrder.objects.create(email=person.email, user=person)
    kind = ContentType.objects.get_for_model(User)
    LegalHold.objects.create(content_type=kind, object_pk="0", label="x", reason="Prüfung", set_by=person)
    return ["<td>Ihre Frage ist angekommen</td>", f"{person} hat die Person „{person}“ geändert."]
