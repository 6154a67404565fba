"""Rules of retention: what goes at night, what must stay, what the office sees before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.contributions import ContributionPoint, RetentionRule, retention_rules, schedules
from akademie.core.models import DoneEffect, Stamp
from akademie.privacy import holds
from akademie.privacy.actions import retention as actions
from akademie.privacy.models import ArchiveOffer, LegalHold, RetentionRun
from akademie.privacy.queries import retention as queries

pytestmark = pytest.mark.django_db
OVERVIEW = "/geschaeftsstelle/datenschutz/"


def rule(due: Callable[[], QuerySet] = DoneEffect.objects.all, **more: Any) -> RetentionRule:
    return RetentionRule(
        key="probe", title="Probe", period="ein Tag", reason="Weil es eine Probe ist.", due=due, **more
    )


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Callable[..., RetentionRule]:
    """Return a function that puts one rule in the place of all."""

    def put(**more: Any) -> RetentionRule:
        point = ContributionPoint("retention_rules", RetentionRule)
        made = rule(**more)
        point.add(made)
        for module in ("actions.retention", "queries.retention", "views.office"):
            monkeypatch.setattr(f"akademie.privacy.{module}.retention_rules", point)
        return made

    return put


@pytest.fixture
def protected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let effects be records that may be held."""
    monkeypatch.setitem(holds.protected, "core.doneeffect", DoneEffect)


def effects(*keys: str) -> list[DoneEffect]:
    return [DoneEffect.objects.create(key=key) for key in keys]


def test_the_rules_run_every_night() -> None:
    found = next(one for one in schedules if one.key == "privacy.retention")
    assert (found.job, found.every) == (actions.run_retention, timedelta(days=1))


def test_what_is_due_goes_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    effects("a", "b", "c", "d", "e")
    assert actions.run_rule(rule(due=lambda: DoneEffect.objects.exclude(key="c"))) == 4
    assert list(DoneEffect.objects.values_list("key", flat=True)) == ["c"]
    run = RetentionRun.objects.get()
    assert (run.count, run.problem, run.went_at) == (4, "", run.ran_at)


def test_a_rule_that_changes_instead_of_deleting_ends() -> None:
    effects("a", "b")
    assert actions.run_rule(rule(delete=lambda rows: None)) == 2


def test_one_rule_that_fails_does_not_stop_the_others(probe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> QuerySet:
        raise RuntimeError

    point = ContributionPoint("retention_rules", RetentionRule)
    point.add(RetentionRule(key="a", title="", period="", reason="", due=fail, order=1))
    point.add(RetentionRule(key="b", title="", period="", reason="", due=DoneEffect.objects.all, order=2))
    monkeypatch.setattr(actions, "retention_rules", point)
    effects("x")
    actions.run_retention.enqueue()
    assert list(RetentionRun.objects.order_by("key").values_list("key", "count", "problem")) == [
        ("a", 0, "RuntimeError"),
        ("b", 1, ""),
    ]


def test_a_held_record_stays_until_it_is_lifted(lead: User) -> None:
    kept, _gone = effects("kept", "gone")
    hold = actions.hold(kept, reason="Rechnungshof bis 2028", by=lead)
    with pytest.raises(NotPossible, match="wird schon aufbewahrt"):
        actions.hold(kept, reason="noch einmal", by=lead)
    found = rule()
    assert (queries.view_of(found, None).due, queries.view_of(found, None).held) == (1, 1)
    assert actions.run_rule(found) == 1
    assert list(DoneEffect.objects.all()) == [kept]
    actions.lift(hold, by=lead)
    actions.lift(hold, by=lead)
    assert actions.run_rule(found) == 1
    assert not LegalHold.objects.exists(), "what was said about a record goes with it"


def test_nothing_deletes_a_held_record(lead: User) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holds, "protected", {})
        holds.protect(Stamp)
    stamp = Stamp.objects.create(key="x", value="y")
    hold = actions.hold(stamp, reason="Streit um den Zuschlag", by=lead)
    for delete in (stamp.delete, Stamp.objects.filter(key="x").delete):
        with pytest.raises(NotPossible, match="wird aufbewahrt: Streit um den Zuschlag"), transaction.atomic():
            delete()
    actions.lift(hold, by=lead)
    stamp.delete()


def test_nothing_goes_before_the_archive_was_asked(lead: User) -> None:
    effects("a", "b")
    found = rule(archive=True)
    assert (actions.run_rule(found), queries.view_of(found, None).not_offered) == (0, 2)
    assert actions.note_offer(found, offered_on=timezone.localdate(), by=lead) == 2
    assert actions.note_offer(found, offered_on=timezone.localdate(), by=lead) == 0
    effects("later")
    assert actions.run_rule(found) == 2
    assert list(DoneEffect.objects.values_list("key", flat=True)) == ["later"]
    assert not ArchiveOffer.objects.exists()


# -- screens ----------------------------------------------------------------------------------------------------------
def test_the_office_sees_what_would_go_and_nothing_goes(client: Client, editor: User, probe: Any) -> None:
    effects("a")
    probe()
    client.force_login(editor)
    (view,) = client.get(OVERVIEW).context["rules"]
    assert (view.due, view.run) == (1, None)
    page = client.get(f"{OVERVIEW}fristen/probe/")
    assert [str(one["record"]) for one in page.context["records"]] == ["a"]
    assert client.get(f"{OVERVIEW}fristen/quatsch/").status_code == 404
    assert DoneEffect.objects.count() == 1


def test_the_lead_holds_a_record(client: Client, lead: User, editor: User, probe: Any, protected: None) -> None:
    effects("a")
    probe()
    path = f"{OVERVIEW}aufbewahren/core.doneeffect/a/"
    client.force_login(editor)
    assert client.post(path, {"reason": "Prüfung bis 2028"}).status_code == 404
    client.force_login(lead)
    assert client.post(path, {"reason": "kurz"}).context["form"]["reason"].value() == "kurz"
    assert client.post(path, {"reason": "Prüfung bis 2028"})["Location"] == f"{OVERVIEW}aufbewahrt/"
    assert client.post(path, {"reason": "Prüfung bis 2029"}).status_code == 200
    (hold,) = client.get(f"{OVERVIEW}aufbewahrt/").context["holds"]
    assert (hold.label, hold.reason, hold.set_by) == ("a", "Prüfung bis 2028", lead)
    assert client.get(path).context["held"] == hold
    assert client.get(f"{OVERVIEW}aufbewahren/core.stampp/a/").status_code == 404
    assert client.get(f"{OVERVIEW}aufbewahren/core.doneeffect/weg/").status_code == 404
    client.post(f"{OVERVIEW}aufbewahrt/{hold.pk}/beenden/")
    assert list(client.get(f"{OVERVIEW}aufbewahrt/").context["holds"]) == []


def test_the_lead_finds_any_record_by_its_number(
    client: Client, lead: User, editor: User, protected: None, queries: Any
) -> None:
    effects("12", "2026-12", "7")
    client.force_login(lead)

    def found(text: str) -> list[str]:
        return [str(one["record"]) for one in client.get(f"{OVERVIEW}aufbewahrt/", {"nummer": text}).context["records"]]

    assert (found("12"), found(" Nr. 7 "), found("8"), found("quatsch"), found("9" * 50)) == (["12"], ["7"], [], [], [])
    assert queries(lambda: found("12")) == queries(lambda: found("12 7"))
    page = client.get(f"{OVERVIEW}aufbewahrt/", {"nummer": "12"}).text
    assert f'href="{OVERVIEW}aufbewahren/core.doneeffect/12/"' in page
    actions.hold(DoneEffect.objects.get(key="12"), reason="Prüfung bis 2028", by=lead)
    assert "12 wird schon aufbewahrt" in client.get(f"{OVERVIEW}aufbewahrt/", {"nummer": "12"}).text
    assert "Bitte geben Sie eine Nummer ein." in client.get(f"{OVERVIEW}aufbewahrt/?nummer=").text
    client.force_login(editor)
    assert "Vorgang suchen" not in client.get(f"{OVERVIEW}aufbewahrt/").text


def test_the_lead_notes_the_offer_to_the_archive(client: Client, lead: User, probe: Any) -> None:
    effects("a")
    probe(archive=True)
    client.force_login(lead)
    path = f"{OVERVIEW}fristen/probe/archiv/"
    late = client.post(path, {"offered_on": "2999-01-01"})
    assert late.context["form"].errors["offered_on"][0].startswith("Dieser Tag liegt in der Zukunft.")
    assert client.post(path, {"offered_on": "01.02.2026"})["Location"] == f"{OVERVIEW}fristen/probe/"
    assert str(ArchiveOffer.objects.get()) == "dem Archiv angeboten am 01.02.2026"


def test_a_hundred_due_rows_cost_as_many_queries_as_one(client: Client, editor: User, probe: Any, queries: Any) -> None:
    probe()
    client.force_login(editor)
    effects("0")
    few = [queries(lambda: client.get(OVERVIEW)), queries(lambda: client.get(f"{OVERVIEW}fristen/probe/"))]
    effects(*(f"more {n}" for n in range(60)))
    many = [queries(lambda: client.get(OVERVIEW)), queries(lambda: client.get(f"{OVERVIEW}fristen/probe/"))]
    assert few == many


def test_every_rule_can_be_asked_and_its_page_opens(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert [one.rule.key for one in client.get(OVERVIEW).context["rules"]] == [one.key for one in retention_rules]
    for one in retention_rules:
        assert client.get(f"{OVERVIEW}fristen/{one.key}/").status_code == 200, one.key


def test_the_record_of_processing(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.get(f"{OVERVIEW}verzeichnis/").content.decode()
    table = client.get(f"{OVERVIEW}verzeichnis.csv").content.decode("utf-8-sig")
    for one, _rules in queries.record_of_processing():
        assert one.title in page
        assert one.purpose in table
