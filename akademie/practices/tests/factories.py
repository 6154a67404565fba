"""Practice cases with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.practices.models import PracticeCase, PracticeTown, Status
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory as TownFactory


class PracticeCaseFactory(DjangoModelFactory):
    class Meta:
        model = PracticeCase
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)

    slug = factory.Sequence(lambda n: f"kaufhaus-{n}")
    title = factory.Sequence(lambda n: f"Kaufhaus neu belebt {n}")
    summary = "Die Stadt hat das leere Kaufhaus gekauft."
    status = Status.RUNNING
    first_published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def about(self, create, topics, **kwargs):
        if topics:
            self.topics = [TopicFactory(slug=slug) for slug in topics]
            self.save()

    @factory.post_generation
    def towns(self, create, towns, **kwargs):
        if towns:
            self.practice_towns = [PracticeTown(town=town, sort_order=order) for order, town in enumerate(towns)]
            self.save()
