"""Data of one person in cms, for the round trip of tests/test_privacy.py."""

from wagtail.models import Comment, CommentReply, PageSubscription

from akademie.accounts.models import User
from akademie.cms import actions as cms
from akademie.cms.tests.factories import make_news


def leave_traces(person: User, token: str) -> list[str]:
    """Write, save, comment and lock a page. Return what the archive must show."""
    cms.load_pages(lambda _: None)
    page = make_news("Markt", "markt")
    page.owner = page.locked_by = person
    page.save()
    page.save_revision(user=person)
    comment = Comment.objects.create(page=page, user=person, text=f"Bitte prüfen, {token}", contentpath="title")
    CommentReply.objects.create(comment=comment, user=person, text=f"Erledigt, {token}")
    PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    return ["<td>Markt</td>", f"Bitte prüfen, {token}", f"Erledigt, {token}"]
