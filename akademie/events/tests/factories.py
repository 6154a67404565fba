"""Events with situations."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.events.models import AgendaItem, Event, EventState, EventType


class EventTypeFactory(DjangoModelFactory):
    class Meta:
        model = EventType
        django_get_or_create = ("slug",)

    slug = "webinar"
    name = factory.LazyAttribute(lambda one: one.slug.capitalize())


class EventFactory(DjangoModelFactory):
    """A published webinar in two weeks, two hours long."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=EventState.DRAFT, published_at=None)
        submitted = factory.Trait(state=EventState.SUBMITTED, published_at=None)
        cancelled = factory.Trait(
            state=EventState.CANCELLED,
            cancelled_at=factory.LazyFunction(timezone.now),
            cancel_reason="Zu kalt im Saal.",
        )
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=14)))

    slug = factory.Sequence(lambda n: f"leerstand-{n}")
    title = factory.Sequence(lambda n: f"Leerstand beleben {n}")
    kind = factory.SubFactory(EventTypeFactory)
    summary = "Drei Städte berichten."
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + timedelta(hours=2))
    mode = "digital"
    host = "Stadt Perleberg"
    state = EventState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def about(self, create, topics, **kwargs):
        if topics:
            self.topics.set(topics)

    @factory.post_generation
    def programme(self, create, items, **kwargs):
        for place, (title, minutes) in enumerate(items or ()):
            AgendaItem.objects.create(event=self, position=place, title=title, minutes=minutes)
