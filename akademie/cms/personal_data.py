"""What cms keeps about people: who works on pages."""

from collections.abc import Iterator

from django.db.models import Q
from wagtail.models import Comment, CommentReply, Page, PageSubscription, Revision, TaskState, WorkflowState

from akademie.cms.models import NewsIndexPage, NewsPage, StandardPage
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject

MODELS = (
    Page, StandardPage, NewsIndexPage, NewsPage, Revision, Comment, CommentReply, PageSubscription, WorkflowState,
    TaskState,
)  # fmt: skip


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield pages, drafts and comments of somebody of the office."""
    user = subject.user
    if user is None:
        return
    pages = Page.objects.filter(owner=user).order_by("pk")
    yield ExportPart("Seiten, die Sie angelegt haben", ({
        "Seite": page.title, "Adresse": page.url_path, "Zuletzt veröffentlicht": page.last_published_at,
    } for page in pages.iterator(chunk_size=500)))  # fmt: skip
    revisions = Revision.objects.filter(user=user).order_by("pk")
    yield ExportPart("Fassungen, die Sie gespeichert haben", ({
        "Gespeichert": row.created_at, "Von": row.object_str,
    } for row in revisions.iterator(chunk_size=500)))  # fmt: skip
    comments = Comment.objects.filter(user=user).select_related("page").order_by("pk")
    yield ExportPart("Ihre Kommentare", ({
        "Geschrieben": one.created_at, "Zu": one.page.title, "Kommentar": one.text,
    } for one in comments.iterator(chunk_size=500)))  # fmt: skip
    replies = CommentReply.objects.filter(user=user).order_by("pk")
    yield ExportPart("Ihre Antworten auf Kommentare", ({
        "Geschrieben": one.created_at, "Antwort": one.text,
    } for one in replies.iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name, and the comments that go."""
    user = subject.user
    if user is None:
        return
    comments = Comment.objects.filter(user=user).count() + CommentReply.objects.filter(user=user).count()
    if comments:
        what = "1 Kommentar zu Entwürfen" if comments == 1 else f"{comments} Kommentare zu Entwürfen"
        yield ErasureLine(Fate.GOES, what)
    made = Page.objects.filter(owner=user).count() + Revision.objects.filter(user=user).count()
    if made:
        what = "1 Seite oder Fassung, die Sie bearbeitet haben"
        if made > 1:
            what = f"{made} Seiten und Fassungen, die Sie bearbeitet haben"
        yield ErasureLine(
            Fate.ANONYMISED, what, "Der Inhalt gehört der Akademie. Ihr Name steht dann nicht mehr dabei."
        )


def erase(subject: Subject) -> None:
    """Delete comments; everything else loses the person with the account (`on_delete=SET_NULL`)."""
    if subject.user is None:
        return
    mine = Q(user=subject.user)
    CommentReply.objects.filter(mine | Q(comment__user=subject.user)).delete()
    Comment.objects.filter(mine).delete()
