"""Formats in the back office: every field can be edited, and what would not fit one page is refused with a reason."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseModelForm
from django.test import Client
from modelcluster.forms import ClusterForm

from akademie.accounts.models import User
from akademie.formats import actions
from akademie.formats.models import FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory, longest
from akademie.formats.wagtail_hooks import FormatProfileViewSet

pytestmark = pytest.mark.django_db
KEPT_BY_WAGTAIL = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at", "expire_at",
    "expired", "latest_revision", "live_revision", "loaded_hash",
}  # fmt: skip


def form_class() -> type[ClusterForm]:
    return FormatProfileViewSet().get_edit_handler().get_form_class()


def posted(steps: list[tuple[str, Any]] = (), **values: Any) -> dict[str, Any]:  # type: ignore[assignment]
    """What a browser sends."""
    data = {"slug": "forum", "name": "Forum", "kind": "austausch", "purpose": "Reden.", "maturity": "unbekannt",
            "inter3_list": "unbekannt", "steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": 0,
            "steps-MIN_NUM_FORMS": 0, "steps-MAX_NUM_FORMS": 10}  # fmt: skip
    for rows in ("templates", "checklist"):
        data |= {f"{rows}-{name}_FORMS": count for name, count in
                 (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 20))}  # fmt: skip
    for n, (title, minutes) in enumerate(steps):
        data |= {
            f"steps-{n}-title": title,
            f"steps-{n}-minutes": minutes,
            f"steps-{n}-ORDER": n + 1,
            f"steps-{n}-id": "",
        }
    return data | values


def bound(*args: Any, instance: FormatProfile | None = None, **values: Any) -> BaseModelForm:
    return form_class()(posted(*args, **values), instance=instance or FormatProfile())


def test_every_field_of_the_model_can_be_edited() -> None:
    fields = {
        field.name
        for field in FormatProfile._meta.get_fields()
        if not field.auto_created and field.name[0] != "_" and getattr(field, "editable", True)
    }
    assert set(form_class().base_fields) - KEPT_BY_WAGTAIL == fields - KEPT_BY_WAGTAIL


def test_what_is_typed_in_lines_arrives_as_a_list() -> None:
    form = bound(
        [("Ankommen", 5), ("Reden", 40)], roles=" Moderation \r\n\r\nProtokoll\u200b", mode=["digital", "hybrid"]
    )
    assert (form.is_valid(), form.errors) == (True, {})
    profile = form.save()
    assert (profile.roles, profile.mode) == (["Moderation", "Protokoll"], ["digital", "hybrid"])
    assert [(step.title, step.minutes) for step in profile.steps.all()] == [("Ankommen", 5), ("Reden", 40)]


def test_an_untouched_form_changes_nothing() -> None:
    actions.load_formats(lambda line: None)
    profile = FormatProfile.objects.get(slug="webinar")
    form = form_class()(instance=profile)
    data = {name: form[name].value() for name in form.fields}
    again = form_class()(posted(**{name: value for name, value in data.items() if value is not None}), instance=profile)
    assert (again.is_valid(), again.changed_data) == (True, [])


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"roles": "\n".join("abcdefg")}, "roles",
         "Höchstens 6 Einträge, damit der Steckbrief auf eine Seite passt. Jetzt sind es 7."),
        ({"tools": "x" * 61}, "tools", "Höchstens 60 Zeichen je Eintrag, damit der Steckbrief auf eine Seite passt. "
         f"„{'x' * 40} …“ hat 61. Bitte kürzen oder teilen Sie ihn."),
        ({"duration_min": 90, "duration_max": 60}, "__all__", "Die Dauer „von“ ist länger als „bis“."),
        ({"group_min": 9, "group_max": 6}, "__all__", "Die Gruppe „von“ ist größer als „bis“."),
        ({"sourced_fields": ["name"], "proposed_fields": ["name"]}, "proposed_fields",
         "Entweder belegt oder vorgeschlagen, nicht beides: Name."),
        ({"piloted_where": "Kyritz"}, "maturity",
         "Es steht da, wo das Format erprobt wurde. Bitte wählen Sie „erprobt“ oder „in Erprobung“."),
        ({"slug": "tabelle"}, "slug",
         "„tabelle“ ist schon die Adresse einer anderen Seite. Bitte wählen Sie ein anderes."),
    ],
    ids=["many", "long", "duration", "group", "both", "piloted", "slug"],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_reason(values: dict[str, Any], field: str, says: str) -> None:
    form = bound(**values)
    assert form.errors == {field: [says]}
    assert form["name"].value() == "Forum"


@pytest.mark.parametrize(
    "values",
    [{"purpose": "x" * 201}, {"tips": "x" * 241}, {"name": "x" * 81}, {"sources": "x" * 151}, {"mode": ["telepathie"]},
     {"duration_min": 0}, {"group_max": 10_000}, {"kind": ""}, {"purpose": "a\x00b"}, {"roles": "x" * 100_000}],
    ids=lambda values: next(iter(values)),
)  # fmt: skip
def test_bad_input_is_refused_at_its_field(values: dict[str, Any]) -> None:
    assert list(bound(**values).errors) == list(values)


def test_more_steps_than_one_page_holds_are_refused() -> None:
    form = bound([(f"Schritt {n}", 5) for n in range(11)])
    assert form.is_valid() is False
    assert list(form.errors) == []
    assert len(form.formsets["steps"].non_form_errors()) == 1


def test_the_longest_steckbrief_is_within_the_limits_of_the_model() -> None:
    longest().full_clean()


@pytest.mark.parametrize("lines", ["text", [1], [["x"]], {"a": "b"}])
def test_lists_are_checked_without_a_form_too(lines: Any) -> None:
    with pytest.raises(ValidationError):
        FormatProfileFactory.build(roles=lines).full_clean()


def test_the_database_knows_that_a_range_has_an_order() -> None:
    with pytest.raises(IntegrityError, match="duration_begins_before_it_ends"), transaction.atomic():
        FormatProfileFactory(duration_min=90, duration_max=60)


def test_a_draft_stays_hidden_until_it_is_published(client: Client) -> None:
    profile = FormatProfileFactory(name="Alt", steps=[("Ankommen", 5)])
    profile.name = "Neu"
    profile.steps.get_object_list()[0].title = "Begrüßen"
    revision = profile.save_revision()
    before = client.get(profile.get_absolute_url()).content.decode()
    assert ("Neu" in before, "Begrüßen" in before) == (False, False)
    revision.publish()
    after = client.get(profile.get_absolute_url()).content.decode()
    assert ("<h1>Neu</h1>" in after, "Begrüßen" in after) == (True, True)


def test_the_preview_shows_what_has_been_typed_and_not_been_saved() -> None:
    profile = FormatProfile(name="Noch nie gespeichert", slug="neu", kind="lernen", purpose="Probieren.")
    response = profile.make_preview_request(preview_mode="")
    response.render()
    text = response.content.decode()
    assert "<h1>Noch nie gespeichert</h1>" in text
    assert "steckbrief.pdf" not in text


def test_editors_open_and_change_a_format(client: Client, lead: User) -> None:
    from akademie.cms.actions import set_up_office

    set_up_office(lambda line: None)
    client.force_login(User.objects.get(pk=lead.pk))
    profile = FormatProfileFactory(slug="forum", name="Forum")
    address = f"/geschaeftsstelle/cms/snippets/formats/formatprofile/edit/{profile.pk}/"
    opened = client.get(address)
    assert opened.status_code == 200
    assert "Ein Steckbrief passt auf eine Seite A4." in opened.content.decode()
    sent = client.post(address, posted(name="Neues Forum") | {"action-publish": "1"})
    assert sent.status_code == 302
    assert "<h1>Neues Forum</h1>" in client.get("/formate/forum/").content.decode()
