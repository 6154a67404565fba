"""The log with what other areas bring: whose and where, and what the installation of all areas leaves in it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log as write
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from akademie.accounts.models import User
from akademie.cms.actions import load_pages
from akademie.core.audit import log_words
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.people.models import ContactRequest, Handover, Membership
from akademie.people.tests.factories import MembershipFactory, PersonFactory
from akademie.privacy.queries import log
from akademie.privacy.tests.test_log import LOG, sentences

pytestmark = pytest.mark.django_db


def test_the_log_says_whose_and_where_while_the_thing_exists(client: Client, lead: User, queries: Any) -> None:
    post = MembershipFactory(town__name="Perleberg", user__last_name="Burg", function="Bürgermeisterin")
    write(instance=post, action="people.confirmed", user=lead)
    client.force_login(lead)
    said = f"Lena hat die Zugehörigkeit {post.pk} ({post.user}, Bürgermeisterin, Perleberg) bestätigt."
    assert sentences(client) == [said]
    one = queries(lambda: client.get(LOG))
    for _ in range(3):
        write(instance=MembershipFactory(), action="people.end", user=lead)
    assert queries(lambda: client.get(LOG)) == one
    assert said in [line.what for line in log.Listing(log.Asked()).every(whose=True)]
    assert f"Lena hat die Zugehörigkeit {post.pk} bestätigt." in [
        line.what for line in log.Listing(log.Asked()).every(whose=False)
    ], "what goes to one person names nobody else"
    number = post.pk
    post.delete()
    assert sentences(client)[-1] == f"Lena hat die Zugehörigkeit {number} bestätigt."
    assert "Burg" not in repr(list(ModelLogEntry.objects.values_list("label", "data"))), "nothing of it is kept"


def test_the_log_finds_what_a_line_is_about(client: Client, lead: User, editor: User, queries: Any) -> None:
    burg = PersonFactory(first_name="Berta", last_name="Burg", email="burg@perleberg.example")
    post = MembershipFactory(town__name="Perleberg", user=burg, function="Bürgermeisterin")
    other = MembershipFactory(town__name="Seelow", function="Bauamt")
    question = HelpRequestFactory(email="gast@seelow.example")
    message = ContactRequest.objects.create(
        recipient=burg, sender_name="Gerd Gast", sender_email="gast@seelow.example", text="Guten Tag", digest="x"
    )
    Handover.objects.create(post=other, to_email="folgt@seelow.example")
    write(instance=post, action="people.confirmed", user=lead)
    write(instance=other, action="people.hand_over", user=lead)
    write(instance=question, action="exchange.answered", user=editor)
    write(instance=message, action="people.report_contact", user=burg)
    write(instance=burg, action="accounts.block", user=lead)
    write(instance=question, action="exchange.closed", user=lead, data={"acting_as": "Petra Post"})
    client.force_login(lead)

    def found(**asked: str) -> set[str]:
        return {line.action for line in client.get(LOG, asked).context["page"].object_list}

    by_and_about = {"people.confirmed", "people.report_contact", "accounts.block"}
    assert found(person="berta burg") == found(person="BURG@perle") == by_and_about
    assert found(person="gast@seelow") == {"exchange.answered", "exchange.closed", "people.report_contact"}
    assert found(person="gerd gast") == {"people.report_contact"}
    assert found(person="folgt@seelow") == {"people.hand_over"}
    assert found(person="petra post") == {"exchange.closed"}
    assert found(person="Bürgermeisterin") == set(), "a function is no person"
    assert found(text="Bürgermeisterin") == {"people.confirmed"}
    assert found(text="bauamt") == found(text="Seelow", art=kind_of(Membership)) == {"people.hand_over"}
    assert found(ding=f"people.membership:{post.pk}") == {"people.confirmed"}
    assert found(text="berta", person="lena") == {"people.confirmed", "accounts.block"}
    assert found(text="niemand") == found(person="niemand") == set()

    answer = client.get("/geschaeftsstelle/protokoll.csv", {"person": "berta burg"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert {row["Schlüssel"] for row in csv.DictReader(io.StringIO(text), delimiter=";")} == by_and_about

    asked = {"person": "b", "text": "r"}
    once = queries(lambda: client.get(LOG, asked))
    for _ in range(3):
        write(instance=MembershipFactory(town=post.town), action="people.end", user=lead)
    assert queries(lambda: client.get(LOG, asked)) == once


def kind_of(model: Any) -> str:
    return str(ContentType.objects.get_for_model(model).pk)


def test_what_the_log_says_of_a_thing_finds_it() -> None:
    described = {model for words in log_words for model in words.describe}
    named = {model: one for words in log_words for model, one in words.named.items()}
    assert (User in named, described - set(named)) == (True, set())
    for model, one in named.items():
        assert model._default_manager.values_list(*one.people, *one.names, *one.words).count() == 0


def test_a_new_academy_begins_with_one_line(client: Client, lead: User) -> None:
    load_pages(lambda _: None)
    noise = PageLogEntry.objects.filter(user=None).count()
    assert noise > 5
    start = Page.objects.get(depth=2)
    write(instance=start, action="wagtail.edit", user=lead)
    late = timezone.now() + timedelta(days=3)
    write(instance=start, action="wagtail.create", user=None, timestamp=late)
    write(instance=start, action="wagtail.publish.scheduled", user=None)
    client.force_login(lead)
    listed = sentences(client)
    assert listed[0] == f"Die Akademie hat die {start.specific._meta.verbose_name} „{start.title}“ angelegt."
    assert (len(listed), listed[-1]) == (4, "Die Akademie wurde eingerichtet.")
    assert client.get(LOG).context["page"].paginator.count == 4
    rows = b"".join(client.get("/geschaeftsstelle/protokoll.csv").streaming_content).decode("utf-8-sig")
    assert len(rows.splitlines()) == 1 + 3 + noise, "the file has every entry"
    begun = PageLogEntry.objects.order_by("timestamp", "pk").first()
    assert "eingerichtet" not in " ".join(sentences(client, f"?ding=wagtailcore.page:{begun.page_id}"))
