"""Events that the office takes out of sight by a measure, and shows again."""

from akademie.accounts.models import User
from akademie.events.models import Event


def event_at(path: str) -> tuple[str, str] | None:
    """Return primary key and title of the public event whose page stands at this path."""
    area, _, rest = path.strip("/").partition("/")
    if area != "veranstaltungen" or not rest:
        return None
    found = Event.objects.public().filter(slug=rest[:80]).values_list("pk", "title").first()
    return (str(found[0]), found[1]) if found else None


def owners_of(pk: str) -> list[User]:
    """Return who hosts an event."""
    return list(User.objects.filter(pk__in=Event.objects.filter(pk=pk).values("owner"), is_active=True))


def hide(pk: str) -> None:
    """Take an event out of sight."""
    _set(pk, is_hidden=True)


def show(pk: str) -> None:
    """Show an event again, as it is now."""
    _set(pk, is_hidden=False)


def _set(pk: str, *, is_hidden: bool) -> None:
    for event in Event.objects.select_for_update().filter(pk=pk):
        event.is_hidden = is_hidden
        event.save(update_fields=["is_hidden"])
