"""Backups, for the office."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.operation.actions import backups as actions
from akademie.operation.models import Backup, BackupState
from akademie.operation.queries.backups import backup_health, drill_health, is_on_the_same_disk

SHOWN = 60  # more than retention keeps


@requires("operation.see")
@require_safe
def backups(request: HttpRequest) -> HttpResponse:
    """List the backups, say how safe the data are, and offer a new one."""
    listed = list(Backup.objects.order_by("-made_at", "-pk")[:SHOWN])
    context = {
        "backups": [backup for backup in listed if backup.state != BackupState.OPEN],
        "open": next((backup for backup in listed if backup.state == BackupState.OPEN), None),
        "checks": [("Sicherung", backup_health()), ("Probe", drill_health())],
        "folder": settings.BACKUP_DIR,
        "on_the_same_disk": is_on_the_same_disk(),
        "may_download": request.user.has_perm("operation.download_backup"),
    }
    return render(request, "operation/office/backups.html", context)


@require_POST
@requires("operation.see")
def make_backup(request: HttpRequest) -> HttpResponse:
    """Have a backup made; pressing twice makes one."""
    if actions.request_backup():
        messages.success(request, "Die Sicherung beginnt. Laden Sie die Seite gleich noch einmal.")
    else:
        messages.info(request, "Eine Sicherung ist schon unterwegs.")
    return redirect("operation:backups")


@require_POST
@requires("operation.see")
def drill(request: HttpRequest) -> HttpResponse:
    """Have the newest backup tried out."""
    if actions.request_drill():
        messages.success(request, "Die Probe beginnt. Sie dauert meist weniger als eine Minute.")
    else:
        messages.info(request, "Es gibt noch keine Sicherung, oder die Probe läuft schon.")
    return redirect("operation:backups")


@require_POST
@requires("operation.download_backup", Backup)
def download(request: HttpRequest, backup: Backup) -> HttpResponseBase:
    """Hand out a backup, and note who has it. A form and not a link: nothing follows it by accident."""
    try:
        response = FileResponse(backup.path.open("rb"), as_attachment=True, filename=backup.name)
    except OSError:
        messages.error(request, "Die Datei dieser Sicherung ist nicht mehr da.")
        return redirect("operation:backups")
    log(instance=backup, action="operation.download", user=cast(User, request.user))
    response["Cache-Control"] = "private, no-store"
    return response
