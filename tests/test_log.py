"""The log with what other areas bring: whose and where, and what the installation of all areas leaves in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log as write
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from akademie.accounts.models import User
from akademie.cms.actions import load_pages
from akademie.people.tests.factories import MembershipFactory
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
