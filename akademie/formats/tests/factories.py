"""Formats for tests: without traits a small published one."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.formats.models import MAX_STEPS, FormatProfile, FormatRun, FormatStep
from akademie.formats.words import FIELDS, Effort, Kind, Maturity, Mode

SENTENCE = "Bürgermeisterinnen und Bürgermeister beraten Straßenausbaubeitragssatzungen, Wärmeplanung und Leerstand. "


def as_long_as(limit: int, text: str = SENTENCE) -> str:
    """Return exactly so many characters of ordinary German."""
    return (text * (limit // len(text) + 1))[:limit].strip().ljust(limit, "x")


class FormatProfileFactory(DjangoModelFactory):
    """A format; `full=True` fills every field up to its limit."""

    class Meta:
        model = FormatProfile
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False)

    slug = factory.Sequence(lambda n: f"format-{n}")
    name = factory.Sequence(lambda n: f"Format {n:03}")
    kind = Kind.LEARNING.value
    purpose = "Etwas gemeinsam lernen."

    @factory.post_generation
    def steps(self, create: bool, extracted: list[tuple[str, int]] | None, **kwargs: object) -> None:
        """Add steps given as pairs of title and minutes."""
        for order, (title, minutes) in enumerate(extracted or []):
            FormatStep.objects.create(profile=self, sort_order=order, title=title, minutes=minutes)


class FormatRunFactory(DjangoModelFactory):
    """A run whose hosts have entered so many `hours`; None: nobody has entered any. `report=True` writes a report."""

    class Meta:
        model = FormatRun

    class Params:
        hours = 5.0
        report = False
        released = False

    profile = factory.SubFactory(FormatProfileFactory)
    title = factory.Sequence(lambda n: f"Durchführung {n:03}")
    held_on = date(2026, 3, 12)
    prepare_minutes = factory.LazyAttribute(lambda one: None if one.hours is None else 0)
    run_minutes = factory.LazyAttribute(lambda one: None if one.hours is None else round(one.hours * 60))
    follow_up_minutes = factory.LazyAttribute(lambda one: None if one.hours is None else 0)
    measured_at = factory.LazyAttribute(lambda one: None if one.hours is None else timezone.now())
    went_well = factory.LazyAttribute(lambda one: "Alle kamen zu Wort." if one.report or one.released else "")
    reported_at = factory.LazyAttribute(lambda one: timezone.now() if one.report or one.released else None)
    released_at = factory.LazyAttribute(lambda one: timezone.now() if one.released else None)


def longest(text: str = SENTENCE) -> FormatProfile:
    """Return a saved format whose every field is as long as it may be, in words of the given text, with runs."""

    def limit(field: str) -> int:
        return FormatProfile._meta.get_field(field).max_length

    def lines(field: str) -> list[str]:
        given = FormatProfile._meta.get_field(field)
        return [as_long_as(given.max_line, text)] * given.max_items

    step = FormatStep._meta.get_field("title").max_length
    profile = FormatProfileFactory(
        slug="l" * 80,
        name=as_long_as(limit("name"), text),
        purpose=as_long_as(limit("purpose"), text),
        target_groups=lines("target_groups"),
        mode=Mode.values,
        duration_min=59,
        duration_max=10_000,
        group_min=1000,
        group_max=9999,
        effort=Effort.MEDIUM.value,
        roles=lines("roles"),
        tools=lines("tools"),
        co_producers=lines("co_producers"),
        office_minutes=59_999,
        cost_eur=1_000_000,
        result=as_long_as(limit("result"), text),
        tips=as_long_as(limit("tips"), text),
        maturity=Maturity.TRIED.value,
        piloted_where=as_long_as(limit("piloted_where"), text),
        sourced_fields=list(FIELDS)[::2],
        proposed_fields=list(FIELDS)[1::2],
        sources=lines("sources"),
        steps=[(as_long_as(step, text), 1440)] * MAX_STEPS,
    )
    for hours in (1, 333.25, 777.5, 999):
        FormatRunFactory(profile=profile, hours=hours, cost_eur=1_000_000, participants=9999)
    return profile
