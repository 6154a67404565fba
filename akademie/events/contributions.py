"""What events show elsewhere."""

from akademie.notifications.types import NotificationType, notification_types

# -- mails ------------------------------------------------------------------------------------------------------------
for key, label, for_office in (
    ("submitted", "Eine Veranstaltung wartet auf Veröffentlichung", True),
    ("published", "Ihre Veranstaltung ist veröffentlicht", False),
    ("given_back", "Ihre Veranstaltung kam zurück", False),
    ("cancelled", "Eine Veranstaltung ist abgesagt", False),
):
    notification_types.add(
        NotificationType(
            key=f"events.{key}", label=label, category="Veranstaltungen", mail=f"events/mail/{key}",
            for_office=for_office, order=45,
        )
    )  # fmt: skip
