"""The two-step workflow: one writes, somebody else of the office reads and releases, by a day, with a substitute."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowContentType, WorkflowMixin, WorkflowTask

from akademie.accounts.models import User
from akademie.editing import queries
from akademie.editing.models import ReleaseByLead, Releasers
from akademie.notifications.actions import notify

NAME = "Freigabe durch die Leitung"
WANTED = "editing.release_wanted"


@transaction.atomic
def set_up(say: Any) -> None:
    """Give the academy's workflow our second step, and every kind of record this workflow. Repeatable."""
    workflow = Workflow.objects.filter(active=True).order_by("pk").first() or Workflow.objects.create(name=NAME)
    task = ReleaseByLead.objects.order_by("pk").first() or ReleaseByLead.objects.create(name=NAME)
    others = Task.objects.exclude(pk=task.pk)
    TaskState.objects.filter(task__in=others, status=TaskState.STATUS_IN_PROGRESS).update(task=task)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task=task).delete()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    others.filter(task_states=None).delete()
    others.update(active=False)
    for kind in queries.approvable_kinds():
        if issubclass(kind.model, WorkflowMixin) and not issubclass(kind.model, Page):
            about = ContentType.objects.get_for_model(kind.model, for_concrete_model=False)
            WorkflowContentType.objects.get_or_create(content_type=about, defaults={"workflow": workflow})
    say("Texte gehen in zwei Schritten hinaus: schreiben, freigeben.")


def ask(state: TaskState) -> None:
    """Tell those who may release a text, and are here, that it waits."""
    if not isinstance(state.task.specific, ReleaseByLead):
        return
    author = state.workflow_state.requested_by
    asked = Releasers().asked(author.pk if author else None) - {author.pk if author else None}
    context = {
        "title": state.revision.object_str, "author": author, "until": queries.release_by(state),
        "link": settings.SITE_URL + queries.edit_place(state.workflow_state),
    }  # fmt: skip
    notify(WANTED, to=User.objects.filter(pk__in=asked), context=context)
