"""People copy a format, write their variant and hand it in; editors publish it or give it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.core.contributions import retention_rules
from akademie.formats import queries, variants
from akademie.formats.actions import variants as actions
from akademie.formats.models import FormatProfile, FormatTemplate, HandIn
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.people.tests.factories import MembershipFactory
from akademie.privacy.actions.retention import run_rule
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db
OFFICE = "/geschaeftsstelle/formate/varianten/"


@pytest.fixture
def person() -> User:
    user = User.objects.create_user("paula@stadt.example", first_name="Paula", last_name="Beck")
    MembershipFactory(user=user, town=TownFactory(name="Perleberg"))
    return user


@pytest.fixture
def origin() -> FormatProfile:
    made = FormatProfileFactory(
        slug="webinar", name="Webinar", purpose="Kurz lernen.", mode=["digital"], duration_min=45, duration_max=75,
        roles=["Moderation"], steps=[("Ankommen", 5), ("Reden", 40)],
    )  # fmt: skip
    FormatTemplate.objects.create(profile=made, kind="dank", subject="Danke", text="Bis bald")
    return made


def make(origin: FormatProfile, person: User, differs: str = "kürzer") -> FormatProfile:
    return actions.make_variant(origin, name="Feierabend-Webinar", differs=differs, by=person)


def typed(variant: FormatProfile, steps: list[tuple[str, Any]] = (), **values: Any) -> dict[str, Any]:  # type: ignore[assignment]
    """What a browser sends from the page of a variant."""
    data = {"name": variant.name, "differs": variant.differs, "purpose": variant.purpose, "mode": variant.mode,
            "duration_min": 30, "duration_max": 45, "group_min": "", "group_max": "", "effort": "",
            "target_groups": "", "roles": "Moderation", "tools": "", "result": "", "tips": "",
            "opened_with": variant.latest_revision_id, "schritte-TOTAL_FORMS": len(steps),
            "schritte-INITIAL_FORMS": 0}  # fmt: skip
    for n, (title, minutes) in enumerate(steps):
        data |= {f"schritte-{n}-title": title, f"schritte-{n}-minutes": minutes}
    return data | values


def test_a_variant_takes_everything_along_and_pressing_twice_makes_one(
    client: Client, person: User, origin: FormatProfile
) -> None:
    client.force_login(person)
    given = {"name": "Feierabend-Webinar", "differs": "nach Dienstschluss"}
    assert client.get("/formate/webinar/variante/").status_code == 200
    places = {client.post("/formate/webinar/variante/", given)["Location"] for _ in range(2)}
    assert places == {"/formate/varianten/feierabend-webinar/"}
    (made,) = FormatProfile.objects.filter(origin=origin)
    assert (made.live, made.maker, made.made_in.name, made.differs) == (False, person, "Perleberg", given["differs"])
    assert [(step.title, step.minutes) for step in made.steps.all()] == [("Ankommen", 5), ("Reden", 40)]
    assert [row.text for row in made.templates.all()] == ["Bis bald"]
    assert (made.purpose, made.roles, made.duration_max) == ("Kurz lernen.", ["Moderation"], 75)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one(person: User, origin: FormatProfile) -> None:
    def press(_: int) -> int:
        try:
            return make(origin, person).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(press, range(2)))
    assert len(made) == FormatProfile.objects.filter(origin=origin).count() == 1


def test_a_draft_is_for_its_maker_and_the_office(client: Client, person: User, origin: FormatProfile) -> None:
    variant = make(origin, person)
    answers = {}
    for email, role in (("fremd@stadt.example", Role.PARTICIPANT), ("rita@akademie.example", Role.EDITOR)):
        client.force_login(User.objects.create_user(email, role=role))
        answers[str(role)] = client.get(f"/formate/varianten/{variant.slug}/").status_code
    assert answers == {"participant": 404, "editor": 200}
    client.force_login(person)
    page = client.get(f"/formate/varianten/{variant.slug}/").text
    assert ("Stand: Entwurf" in page, 'value="Ankommen"' in page) == (True, True)
    assert client.get(f"/formate/{variant.slug}/").status_code == 404
    assert [one.slug for one in queries.catalogue()] == ["webinar"]
    assert client.get("/formate/varianten/webinar/").status_code == 404  # no variant of anything


def test_fields_and_steps_are_written(client: Client, person: User, origin: FormatProfile) -> None:
    variant = make(origin, person)
    client.force_login(person)
    sent = typed(variant, [("Ankommen", 5), ("", ""), ("Fragen", 10)], tips="Abends.", roles="Moderation\nTechnik")
    assert client.post(f"/formate/varianten/{variant.slug}/", sent).status_code == 302
    draft = actions.draft_of(FormatProfile.objects.get(pk=variant.pk))
    assert (draft.tips, draft.roles, draft.duration_min) == ("Abends.", ["Moderation", "Technik"], 30)
    assert [(step.title, step.minutes) for step in draft.steps.all()] == [("Ankommen", 5), ("Fragen", 10)]


@pytest.mark.parametrize(
    ("values", "steps", "says"),
    [
        ({"name": ""}, [], "Bitte geben Sie der Variante einen Namen."),
        ({"name": "x" * 10_000}, [], "80"),
        ({"duration_min": 90}, [], "Die Dauer „von“ ist länger als „bis“."),
        ({"tools": "x" * 61}, [], "Höchstens 60 Zeichen je Eintrag"),
        ({}, [("", 5)], "Bitte sagen Sie, welcher Schritt das ist, oder leeren Sie die Zeile."),
        ({}, [("Reden", "viel")], "Bitte geben Sie die Minuten als Zahl ein, zum Beispiel 20."),
        ({}, [("Reden", 1)] * 12, "10"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_kept(
    client: Client, person: User, origin: FormatProfile, values: dict[str, Any], steps: list[Any], says: str
) -> None:
    variant = make(origin, person)
    client.force_login(person)
    answer = client.post(f"/formate/varianten/{variant.slug}/", typed(variant, steps, tips="Mein Tipp.", **values))
    assert answer.status_code == 200
    assert (says in answer.text, "Mein Tipp." in answer.text) == (True, True)
    assert actions.draft_of(FormatProfile.objects.get(pk=variant.pk)).tips == ""


def test_who_saves_second_is_told_and_decides(
    client: Client, person: User, editor: User, origin: FormatProfile
) -> None:
    variant = make(origin, person)
    client.force_login(editor)
    place = f"/formate/varianten/{variant.slug}/"
    client.post(place, typed(variant, tips="Aus der Redaktion."))
    client.force_login(person)
    answer = client.post(place, typed(variant, tips="Von Paula."))
    assert f"{editor} hat inzwischen eine andere Fassung gespeichert." in answer.text
    assert "Von Paula." in answer.text
    assert actions.draft_of(FormatProfile.objects.get(pk=variant.pk)).tips == "Aus der Redaktion."
    again = answer.context["form"]["opened_with"].value()
    assert client.post(place, typed(variant, tips="Von Paula.", opened_with=again)).status_code == 302
    assert actions.draft_of(FormatProfile.objects.get(pk=variant.pk)).tips == "Von Paula."


def test_it_is_handed_in_published_and_shown_with_its_origin(
    client: Client, person: User, editor: User, origin: FormatProfile, mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    variant = make(origin, person, differs="")
    client.force_login(person)
    place = f"/formate/varianten/{variant.slug}/"
    told = client.post(f"{place}einreichen/", follow=True).text
    assert "Bitte sagen Sie zuerst unter „Was anders ist“" in told
    client.post(place, typed(variant, [("Reden", 20)], differs="nach Dienstschluss"))
    for _ in range(2):
        client.post(f"{place}einreichen/")
    assert HandIn.objects.count() == 1
    assert [one.text for one in variants.waiting(editor)] == ["Variante „Feierabend-Webinar“ ansehen und entscheiden"]
    client.force_login(editor)
    page = client.get(f"{OFFICE}{variant.pk}/")
    assert ("nach Dienstschluss" in page.text, "Reden (40 Minuten)" in page.text) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{OFFICE}{variant.pk}/veroeffentlichen/", {"gesehen": page.context["profile"].latest_revision_id})
    assert [mail.to for mail in mailoutbox if "veröffentlicht" in mail.subject] == [["paula@stadt.example"]]
    shown = client.get("/formate/feierabend-webinar/").text
    assert "Variante von „Webinar“, von einer Stadt angepasst." in shown
    assert (
        'Variante von <a href="/formate/webinar/">Webinar</a> aus Perleberg – anders ist: nach Dienstschluss' in shown
    )
    assert (
        '<a href="/formate/feierabend-webinar/">Feierabend-Webinar</a> aus Perleberg'
        in client.get("/formate/webinar/").text
    )
    assert (variants.waiting(editor), variants.mine(person)["variants"][0][1]) == ([], "veröffentlicht")  # type: ignore[index]


def test_editors_give_it_back_with_a_reason_and_what_changed_is_read_again(
    client: Client, person: User, editor: User, origin: FormatProfile, mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    variant = make(origin, person)
    actions.hand_in(variant, by=person)
    old = str(FormatProfile.objects.get(pk=variant.pk).latest_revision_id)
    actions.save_variant(variant, values={"tips": "Neu."}, steps=[], opened_with=old, by=person)
    with pytest.raises(NotPossible, match="inzwischen geändert"):
        actions.publish_variant(variant, seen=old, by=editor)
    client.force_login(editor)
    assert list(client.post(f"{OFFICE}{variant.pk}/zurueckgeben/", {"answer": ""}).context["form"].errors) == ["answer"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{OFFICE}{variant.pk}/zurueckgeben/", {"answer": "Bitte nennen Sie die Rollen."})
    (mail,) = [mail for mail in mailoutbox if mail.to == ["paula@stadt.example"]]
    assert "Bitte nennen Sie die Rollen." in mail.body
    second = client.post(f"{OFFICE}{variant.pk}/zurueckgeben/", {"answer": "Doch nicht."})
    assert "hat schon entschieden" in second.text
    client.force_login(person)
    assert "Bitte nennen Sie die Rollen." in client.get(f"/formate/varianten/{variant.slug}/").text
    actions.hand_in(variant, by=person)
    assert HandIn.objects.get().answered_at is None


def test_a_circle_of_variants_is_refused_also_through_drafts() -> None:
    first, second = FormatProfileFactory(name="Erstes"), FormatProfileFactory(name="Zweites")
    third = FormatProfileFactory(name="Drittes", origin=second)
    first.origin = first
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert refusal.value.message_dict["origin"] == [
        "Ein Format kann keine Variante von sich selbst sein. Bitte wählen Sie ein anderes."
    ]
    second.origin = third
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    (says,) = refusal.value.message_dict["origin"]
    assert says.startswith("„Drittes“ ist selbst eine Variante von „Zweites“.")
    second.refresh_from_db()
    second.origin = first
    second.save_revision()  # a draft, not published
    first.origin = third
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert list(refusal.value.message_dict) == ["origin"]


def test_a_draft_can_be_deleted_and_is_forgotten_after_two_years(
    client: Client, person: User, origin: FormatProfile
) -> None:
    variant = make(origin, person)
    client.force_login(person)
    client.post(f"/formate/varianten/{variant.slug}/loeschen/")
    assert FormatProfile.objects.filter(pk=variant.pk).exists() is False
    old, fresh = make(origin, person), actions.make_variant(origin, name="Neu", differs="", by=person)
    revision = FormatProfile.objects.get(pk=old.pk).latest_revision
    revision.created_at = timezone.now() - timedelta(days=731)
    revision.save(update_fields=["created_at"])
    rule = retention_rules.get("formats.drafts")
    assert rule is not None
    run_rule(rule)
    assert set(FormatProfile.objects.values_list("pk", flat=True)) == {origin.pk, fresh.pk}


def test_lists_cost_the_same_for_three_as_for_one(
    client: Client, person: User, editor: User, origin: FormatProfile, queries: Callable[[Callable[[], object]], int]
) -> None:
    def hand_in(name: str) -> None:
        made = actions.make_variant(origin, name=name, differs="x", by=person)
        actions.hand_in(made, by=person)

    client.force_login(editor)
    hand_in("Eins")
    calls = (lambda: client.get(OFFICE), lambda: variants.waiting(editor), lambda: variants.mine(person))
    before = [queries(call) for call in calls]
    hand_in("Zwei")
    hand_in("Drei")
    assert [queries(call) for call in calls] == before
