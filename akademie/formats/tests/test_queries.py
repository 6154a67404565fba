"""What formats tell other areas, and which are alike."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from akademie.accounts.models import User
from akademie.core.contributions import PublicEntry, public_kinds
from akademie.formats import actions, open_data
from akademie.formats import queries as format_queries
from akademie.formats.models import FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.topics.models import Topic

pytestmark = pytest.mark.django_db


def entry(profile: FormatProfile) -> PublicEntry:
    return dict(format_queries.entries(FormatProfile.objects.filter(pk=profile.pk)))[profile.pk]


def test_drafts_are_visible_to_nobody(editor: User) -> None:
    kind = public_kinds.get("formate")
    assert kind is not None
    FormatProfileFactory(draft=True)
    published = FormatProfileFactory()
    assert [list(kind.visible_to(user)) for user in (None, editor)] == [[published], [published]]


def test_entry_holds_what_the_search_should_find() -> None:
    profile = FormatProfileFactory(
        slug="forum", name="Forum", kind="beratung", purpose="Unter sich sprechen.", mode=["praesenz"],
        maturity="erprobt", piloted_where="Malente", target_groups=["Verwaltung"], roles=["Moderation"], tools=["Raum"],
        tips="Vertraulich.", result="Botschaften", sources=["shz.de"], steps=[("Blitzlicht", 15)],
    )  # fmt: skip
    topic = Topic.objects.create(slug="leerstand", name="Leerstand")
    profile.topics.add(Topic.objects.create(slug="laeden", name="Läden", parent=topic))
    profile.save()
    found = entry(profile)
    assert (found.title, found.url, found.summary, found.label, found.topics, found.verified) == (
        "Forum", "/formate/forum/", "Unter sich sprechen.", "Format · Beratung", ("laeden", "leerstand"), True,
    )  # fmt: skip
    expected = ["Verwaltung", "Moderation", "Raum", "Blitzlicht", "vor Ort", "Botschaften", "Vertraulich.",
                "erprobt: Malente",
                "shz.de", "beraten Beratung", "Präsenz Präsenzveranstaltung"]  # fmt: skip
    assert found.text.split("\n") == expected


def test_entry_of_an_empty_format_has_no_empty_words() -> None:
    assert entry(FormatProfileFactory(kind="lernen")).text == "lernen Fortbildung Weiterbildung Schulung"


def test_three_entries_cost_as_many_queries_as_one(queries: Callable[[Callable[[], object]], int]) -> None:
    def describe() -> object:
        return list(format_queries.entries(FormatProfile.objects.published()))

    FormatProfileFactory(steps=[("Ankommen", 5)])
    one = queries(describe)
    FormatProfileFactory.create_batch(2, steps=[("Ankommen", 5)])
    assert queries(describe) == one == 3


def test_the_catalogue_gives_rules_what_they_need() -> None:
    FormatProfileFactory(draft=True)
    profile = FormatProfileFactory(mode=["digital"], effort="gering", duration_min=45, duration_max=75, group_min=10)
    assert format_queries.catalogue() == (
        format_queries.Format(
            pk=profile.pk, slug=profile.slug, name=profile.name, kind="lernen", mode=("digital",), effort="gering",
            duration_min=45, duration_max=75, group_min=10, group_max=None, maturity="unbekannt", topics=(),
            branches=(),
        ),
    )  # fmt: skip


def test_similar_formats_of_the_data_have_reasons_and_never_name_themselves() -> None:
    actions.load_formats(lambda line: None)
    found = {one.slug: format_queries.similar(one.slug) for one in format_queries.catalogue()}
    assert [slug for slug, others in found.items() if slug in {other.slug for other, _ in others}] == []
    assert max(len(others) for others in found.values()) == 3
    assert [other.slug for other, _ in found["bm-forum"]][:1] == ["peer-austausch"]
    assert {reason for others in found.values() for _, reason in others if not reason} == set()


def test_unknown_formats_have_nothing_similar_and_no_topics() -> None:
    assert (format_queries.similar("gibt-es-nicht"), format_queries.sheet("gibt-es-nicht")) == ([], None)


def test_a_step_changes_its_format_for_everyone() -> None:
    profile = FormatProfileFactory(steps=[("Ankommen", 5)])
    before = format_queries.catalogue()
    step = profile.steps.get()
    assert step.parent_pk == profile.pk
    step.delete()
    assert format_queries.catalogue() is not before


def test_a_format_knows_from_what_it_came_even_where_somebody_has_made_a_circle() -> None:
    first = FormatProfileFactory(slug="erstes", draft=True)
    second = FormatProfileFactory(slug="zweites", origin=first)
    third = FormatProfileFactory(slug="drittes", origin=second)
    assert format_queries.lineage(third) == ("drittes", "zweites", "erstes")
    FormatProfile.objects.filter(pk=first.pk).update(origin=third)
    first.save(update_fields=["name"])
    assert format_queries.lineage(second) == ("zweites", "erstes", "drittes")


def test_maturity_narrows_the_list_and_programs_go_on_reading_whether_it_was_tried() -> None:
    made = {value: FormatProfileFactory(maturity=value) for value in ("idee", "in-erprobung", "erprobt", "unbekannt")}
    for value, profile in made.items():
        assert format_queries.profiles.select(QueryDict(f"reife={value}")).page.pks == [profile.pk]
    told = {value: open_data.record_of(profile)["piloted"] for value, profile in made.items()}
    assert told == {"idee": "nein", "in-erprobung": "nein", "erprobt": "ja", "unbekannt": "unbekannt"}
