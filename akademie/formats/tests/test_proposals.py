"""People propose another text for a field; editors take it or leave it, with a reason."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.limits import TooMany
from akademie.formats import as_text
from akademie.formats.actions import proposals, variants
from akademie.formats.models import FormatProfile, FormatProposal
from akademie.formats.tests.factories import FormatProfileFactory

pytestmark = pytest.mark.django_db
OFFICE = "/geschaeftsstelle/formate/vorschlaege/"
WHY = "Bei uns waren 40 Minuten zu lang."


@pytest.fixture
def person() -> User:
    return User.objects.create_user("paula@stadt.example", first_name="Paula", last_name="Beck")


@pytest.fixture
def profile() -> FormatProfile:
    made = FormatProfileFactory(
        slug="webinar", name="Webinar", tips="Kurz halten.", mode=["digital"], group_min=6, effort="gering",
        roles=["Moderation", "Technik"], steps=[("Ankommen", 5), ("Reden", 40)],
    )  # fmt: skip
    made.steps.filter(title="Reden").update(role="Fachperson", script="Spricht kurz.")
    return made


def test_every_field_goes_to_text_and_back(profile: FormatProfile) -> None:
    fresh = FormatProfile.objects.get(pk=profile.pk)
    shown = {key: as_text.text_of(profile, key) for key in as_text.PROPOSABLE}
    assert (shown["steps"], shown["group_size"], shown["effort"], shown["duration_minutes"]) == (
        "Ankommen (5 Minuten)\nReden (40 Minuten)", "ab 6 Personen", "gering", "",
    )  # fmt: skip
    for key, text in shown.items():
        as_text.put(fresh, key, text)
        assert as_text.text_of(fresh, key) == text
    assert [step.role for step in fresh.steps.all()] == ["", "Fachperson"]


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("group_size", "viele", "Bitte schreiben Sie eine oder zwei Zahlen, zum Beispiel: 6 bis 20 Personen."),
        ("duration_minutes", "75 bis 45", "Die erste Zahl ist größer als die zweite."),
        ("mode", "digital\nper Brief", "„per Brief“ geht hier nicht. Möglich sind: digital, hybrid, vor Ort."),
        ("effort", "riesig", "„riesig“ geht hier nicht. Möglich sind: gering, mittel, hoch."),
        ("steps", "\n".join(["Reden"] * 11), "Höchstens 10 Schritte. Jetzt sind es 11."),
    ],
)
def test_what_does_not_fit_a_field_is_refused_there_and_kept(
    client: Client, person: User, profile: FormatProfile, key: str, text: str, says: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        as_text.put(FormatProfile.objects.get(pk=profile.pk), key, text)
    assert refusal.value.messages == [says]
    client.force_login(person)
    answer = client.post(f"/formate/webinar/vorschlag/?feld={key}", {"after": text, "why": WHY})
    assert answer.context["form"].errors == {"after": [says]}
    assert answer.context["form"]["after"].value() == text
    assert FormatProposal.objects.count() == 0


def propose(profile: FormatProfile, person: User, after: str = "Kurz und bündig.", field: str = "tips") -> Any:
    return proposals.propose(profile, field=field, after=after, why=WHY, by=person)


def test_a_proposal_is_made_once_and_must_change_something(
    client: Client, person: User, profile: FormatProfile
) -> None:
    client.force_login(person)
    assert "Zweck" in client.get("/formate/webinar/vorschlag/").text
    assert "Kurz halten." in client.get("/formate/webinar/vorschlag/?feld=tips").text
    for _ in range(2):
        sent = client.post("/formate/webinar/vorschlag/?feld=tips", {"after": "Kurz und bündig.", "why": WHY})
        assert sent["Location"] == "/formate/webinar/"
    (made,) = FormatProposal.objects.all()
    assert (made.before, made.after, made.made_by) == ("Kurz halten.", "Kurz und bündig.", person)
    with pytest.raises(NotPossible, match="Das steht schon so da"):
        propose(profile, person, "Kurz halten.")


def test_nobody_floods_the_editors(person: User, profile: FormatProfile) -> None:
    for number in range(proposals.PROPOSALS_PER_DAY):
        propose(profile, person, f"Tipp {number}")
    with pytest.raises(TooMany):
        propose(profile, person, "Noch einer")
    assert FormatProposal.objects.count() == proposals.PROPOSALS_PER_DAY


def test_taken_it_is_published_named_and_answered_and_a_draft_of_editors_stays(
    client: Client, person: User, editor: User, profile: FormatProfile, mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    proposal = propose(profile, person, "Ankommen (5 Minuten)\nReden (20 Minuten)", "steps")
    draft = FormatProfile.objects.get(pk=profile.pk)
    draft.purpose = "Nur im Entwurf."
    draft.save_revision(user=editor)
    client.force_login(editor)
    page = client.get(f"{OFFICE}{proposal.pk}/").text
    assert ("Reden (40 Minuten)" in page, "Reden (20 Minuten)" in page) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"{OFFICE}{proposal.pk}/uebernehmen/", {"gesehen": proposal.before.replace("\n", "\r\n"), "answer": ""}
        )
    now = FormatProfile.objects.get(pk=profile.pk)
    assert [(step.title, step.minutes, step.role) for step in now.steps.all()] == [
        ("Ankommen", 5, ""), ("Reden", 20, "Fachperson"),
    ]  # fmt: skip
    assert (now.purpose, now.has_unpublished_changes) == ("Etwas gemeinsam lernen.", True)
    assert now.changes[0]["text"] == f"Ablauf geändert, nach Verbesserungsvorschlag {proposal.pk}"
    kept = now.get_latest_revision_as_object()
    assert (kept.purpose, [step.minutes for step in kept.steps.all()]) == ("Nur im Entwurf.", [5, 20])
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["paula@stadt.example"], "Übernommen: Ihr Vorschlag zu „Webinar“")
    assert f"nach Verbesserungsvorschlag {proposal.pk}" in client.get("/formate/webinar/").text


def test_left_it_needs_a_reason_that_the_person_reads(
    client: Client, person: User, editor: User, profile: FormatProfile, mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    proposal = propose(profile, person)
    client.force_login(editor)
    assert list(client.post(f"{OFFICE}{proposal.pk}/ablehnen/", {"answer": " "}).context["leave"].errors) == ["answer"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{OFFICE}{proposal.pk}/ablehnen/", {"answer": "Das gilt nicht überall."})
    (mail,) = mailoutbox
    assert (mail.subject.startswith("Nicht übernommen"), "Das gilt nicht überall." in mail.body) == (True, True)
    assert FormatProfile.objects.get(pk=profile.pk).tips == "Kurz halten."
    again = client.post(f"{OFFICE}{proposal.pk}/uebernehmen/", {"gesehen": "Kurz halten."})
    assert "hat schon entschieden" in again.text
    client.force_login(person)
    assert "Das gilt nicht überall." in client.get("/mein-bereich/").text


def test_what_changed_meanwhile_is_shown_and_asked_again(
    client: Client, person: User, editor: User, profile: FormatProfile
) -> None:
    proposal = propose(profile, person)
    FormatProfile.objects.filter(pk=profile.pk).update(tips="Inzwischen anders.")
    client.force_login(editor)
    answer = client.post(f"{OFFICE}{proposal.pk}/uebernehmen/", {"gesehen": "Kurz halten.", "answer": "Danke, Paula."})
    for part in ("Das Feld wurde inzwischen geändert.", "Inzwischen anders.", "Kurz halten.", "Danke, Paula."):
        assert part in answer.text
    assert FormatProfile.objects.get(pk=profile.pk).tips == "Inzwischen anders."
    client.post(f"{OFFICE}{proposal.pk}/uebernehmen/", {"gesehen": "Inzwischen anders.", "answer": "Danke, Paula."})
    assert FormatProfile.objects.get(pk=profile.pk).tips == "Kurz und bündig."


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_decide_once(person: User, editor: User, lead: User, profile: FormatProfile) -> None:
    proposal = propose(profile, person)

    def decide(who: User) -> str:
        try:
            if who == editor:
                proposals.take(proposal, seen="Kurz halten.", answer="", by=who)
            else:
                proposals.leave(proposal, answer="Nein, danke.", by=who)
            return "decided"
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(decide, (editor, lead)))
    assert found.count("decided") == 1
    (other,) = [one for one in found if one != "decided"]
    assert "hat schon entschieden" in other
    decided = FormatProposal.objects.get()
    assert (decided.state == "taken") == (FormatProfile.objects.get(pk=profile.pk).tips == "Kurz und bündig.")


def test_a_variant_proposes_what_it_does_differently_with_one_press(
    client: Client, person: User, profile: FormatProfile
) -> None:
    variant = variants.make_variant(profile, name="Abend-Webinar", differs="kürzer", by=person)
    variants.save_variant(
        variant, values={"tips": "Abends."}, steps=[{"title": "Reden", "minutes": 20}], by=person,
        opened_with=str(FormatProfile.objects.get(pk=variant.pk).latest_revision_id),
    )  # fmt: skip
    client.force_login(person)
    place = f"/formate/varianten/{variant.slug}/"
    assert [key for key, _ in client.get(place).context["differing"]] == ["steps", "tips"]
    client.post(f"{place}vorschlagen/", {"feld": "tips"})
    (made,) = FormatProposal.objects.all()
    assert (made.profile, made.variant.pk, made.field, made.after) == (profile, variant.pk, "tips", "Abends.")
    assert made.why == "In unserer Variante „Abend-Webinar“ hat sich das bewährt."
    told = client.post(f"{place}vorschlagen/", {"feld": "name"}, follow=True).text
    assert ("Dieses Feld lässt sich nicht ändern." in told, FormatProposal.objects.count()) == (True, 1)
