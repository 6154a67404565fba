"""What notifications does: tell people, keep their choices, write the weekly mail, look after silent addresses."""

from akademie.notifications.actions.sending import notify

__all__ = ["notify"]
