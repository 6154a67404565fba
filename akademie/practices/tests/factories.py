"""Practice cases with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.practices.models import PracticeCase, PracticeTown, Status
from akademie.topics.models import Topic
from akademie.towns.models import Location, Size, SmallTown, Town, Trend


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"thema-{n}")
    name = factory.LazyAttribute(lambda topic: topic.slug.replace("-", " ").capitalize())


class TownFactory(DjangoModelFactory):
    class Meta:
        model = Town
        django_get_or_create = ("ags",)

    ags = factory.Sequence(lambda n: f"{12000000 + n:08}")
    ars = factory.LazyAttribute(lambda town: f"{town.ags}0000")
    name = factory.Sequence(lambda n: f"Musterstadt {n}")
    kind = "Stadt"
    state = "Brandenburg"
    district = "Prignitz"
    district_kind = "Landkreis"
    population = 17_058
    size = Size.UNDER_20
    area_km2 = 50
    lat, lon = 53.0, 11.75
    postal_code = "19322"
    degurba = 2
    small_town = SmallTown.BBSR
    trend = Trend.SHRINKING
    pop_50km_k = 240
    km_to_city = 110
    location = Location.VERY_PERIPHERAL


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
