"""Events and all that belongs to one."""

from akademie.events.models.event import MAX_PLACES, Event, EventQuerySet, EventState, EventType
from akademie.events.models.parts import AgendaItem, EventTask, EventText, Recap

__all__ = [
    "MAX_PLACES",
    "AgendaItem",
    "Event",
    "EventQuerySet",
    "EventState",
    "EventTask",
    "EventText",
    "EventType",
    "Recap",
]
