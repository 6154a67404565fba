"""Items of the library with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.library.kinds import Kind
from akademie.library.models import LibraryItem
from akademie.topics.tests.factories import TopicFactory


class LibraryItemFactory(DjangoModelFactory):
    class Meta:
        model = LibraryItem
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)

    slug = factory.Sequence(lambda n: f"leerstand-{n}")
    title = factory.Sequence(lambda n: f"Leerstand neu denken {n}")
    kind = Kind.STUDY
    year = 2021
    first_published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def about(self, create, topics, **kwargs):
        if topics:
            self.topics = [TopicFactory(slug=slug) for slug in topics]
            self.save()
