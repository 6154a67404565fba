"""Who may do what in the back office. The roles decide; groups and permissions only tell Wagtail."""

import hashlib
import threading
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import Model, Q, QuerySet
from django.urls import get_resolver
from wagtail.admin.viewsets import viewsets
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from akademie.accounts.models import Role, User
from akademie.cms.actions.pages import Say
from akademie.cms.models import AcademySettings, Menu

PAGE_VERBS = ("add", "change", "publish", "lock", "unlock")
FILE_VERBS = ("add", "change", "choose")
# People, files and pages have rules of their own below.
ELSEWHERE = {"accounts", "files"}


def edited_models() -> list[type[Model]]:
    """Return the models that areas have brought into the back office, by label."""
    _ = get_resolver().url_patterns  # loading the addresses is what makes Wagtail collect them
    models: set[type[Model]] = {
        model for viewset in viewsets.viewsets if isinstance(model := getattr(viewset, "model", None), type)
    }
    ours = [
        model for model in models
        if model.__module__.startswith("akademie.") and model._meta.app_label not in ELSEWHERE
        and not issubclass(model, Page)
    ]  # fmt: skip
    return sorted(ours, key=lambda model: model._meta.label)


def office_version() -> str:
    """Return a hash of what the permissions are made from."""
    says = [PAGE_VERBS, FILE_VERBS, [model._meta.label for model in edited_models()]]
    return hashlib.sha256(repr(says).encode()).hexdigest()


@transaction.atomic
def set_up_office(say: Say) -> None:
    """Give Redaktion and Leitung their permissions, and take Wagtail's own groups away. Repeatable."""
    editors, lead = (Group.objects.get_or_create(name=role.label)[0] for role in (Role.EDITOR, Role.LEAD))
    shared = _all_of([*edited_models(), Menu]) | Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    editors.permissions.set(shared)
    lead.permissions.set(shared | _all_of([AcademySettings, User]))
    _give_pages(editors, PAGE_VERBS)
    _give_pages(lead, (*PAGE_VERBS, "bulk_delete"))
    for group in (editors, lead):
        _give_files(group)
    _keep_only(editors, lead)
    say("Redaktion und Leitung haben ihre Rechte.")


def _all_of(models: Iterable[type[Model]]) -> QuerySet[Permission]:
    types = ContentType.objects.get_for_models(*models).values()
    return Permission.objects.filter(content_type__in=types)


def _give_pages(group: Group, verbs: Iterable[str]) -> None:
    root = Page.objects.get(depth=1)
    names = [f"{verb}_page" for verb in verbs]
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=names)
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _give_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    # Wagtail asks for the permissions of its own two models, whichever models stand in for them.
    wanted = _all_of([Image, Document]).filter(
        codename__regex=rf"^({'|'.join(FILE_VERBS)})_"
    ) | Permission.objects.filter(
        Q(codename="add_collection") | Q(codename="change_collection"), content_type__app_label="wagtailcore"
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _keep_only(editors: Group, lead: Group) -> None:
    """Put German names and our groups in the place of Wagtail's own ("Moderators", "Editors")."""
    Group.objects.filter(name__in=("Moderators", "Editors")).delete()
    Workflow.objects.filter(name="Moderators approval").update(name="Freigabe durch die Leitung")
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        task.name = "Freigabe durch die Leitung"
        task.save()
    for task in GroupApprovalTask.objects.filter(groups=None):
        task.groups.set([lead])


def keep_publishing(stop: threading.Event) -> None:
    """Publish and take back at the times that editors have set, every minute until the event is set."""
    while not stop.wait(60):
        call_command("publish_scheduled", verbosity=0)
        connections.close_all()
