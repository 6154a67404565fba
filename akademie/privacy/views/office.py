"""Privacy, for the office: how long things are kept, what must stay, whose data are processed for what."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.core.contributions import RetentionRule, retention_rules
from akademie.core.documents import csv_table
from akademie.privacy import holds as holding
from akademie.privacy.actions import erasure
from akademie.privacy.actions import retention as actions
from akademie.privacy.forms import EraseForm, HoldForm, NumberForm, OfferForm
from akademie.privacy.models import LegalHold, RetentionRun
from akademie.privacy.queries import retention as queries
from akademie.privacy.queries import subjects

TRAIL = [("Datenschutz", "/geschaeftsstelle/datenschutz/")]
SHOWN_HOLDS = 200


@requires("privacy.see")
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show each rule: what is due now, and how the last run went. Deletes nothing."""
    return render(request, "privacy/office/retention.html", {"rules": queries.rules_seen()})


@requires("privacy.see")
@require_safe
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Show the records that are due by a rule."""
    return _rule(request, _rule_at(key), OfferForm())


def _rule_at(key: str) -> RetentionRule:
    found = retention_rules.get(key)
    if found is None:
        raise Http404
    return found


def _rule(request: HttpRequest, found: RetentionRule, form: OfferForm) -> HttpResponse:
    context = {
        "trail": TRAIL,
        "view": queries.view_of(found, RetentionRun.objects.filter(pk=found.key).first()),
        "records": queries.due_records(found),
        "form": form,
        "may_decide": request.user.has_perm("privacy.decide"),
    }
    return render(request, "privacy/office/rule.html", context)


@require_POST
@requires("privacy.decide")
def note_offer(request: HttpRequest, key: str) -> HttpResponse:
    """Note that the archive was offered what is due by a rule."""
    found = _rule_at(key)
    if not found.archive:
        raise Http404
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _rule(request, found, form)
    count = actions.note_offer(found, offered_on=form.cleaned_data["offered_on"], by=cast(User, request.user))
    messages.success(request, f"Das Angebot an das Archiv ist vermerkt, für {count} Vorgänge.")
    return redirect("privacy:rule", key)


# -- what must stay ---------------------------------------------------------------------------------------------------
@requires("privacy.see")
@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """List what is kept although its time may be over; find any record by its number."""
    form = NumberForm(request.GET if "nummer" in request.GET else None)
    asked = form.is_valid()
    found = LegalHold.objects.filter(ended_at=None).select_related("set_by", "content_type").order_by("-set_at", "-pk")
    context = {
        "trail": TRAIL,
        "holds": found[:SHOWN_HOLDS],
        "may_decide": request.user.has_perm("privacy.decide"),
        "form": form,
        "asked": asked,
        "records": queries.records_numbered(form.cleaned_data["nummer"]) if asked else [],
    }
    return render(request, "privacy/office/holds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("privacy.decide")
def hold(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask why a record must stay, and keep it."""
    record = _record_at(kind, key)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold(record, reason=form.cleaned_data["reason"], by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"„{record}“ wird aufbewahrt, bis Sie es beenden.")
            return redirect("privacy:holds")
    context = {"trail": TRAIL, "record": record, "form": form, "held": holding.hold_of(record)}
    return render(request, "privacy/office/hold.html", context)


def _record_at(kind: str, key: str) -> Model:
    model = holding.protected.get(kind)
    if model is None:
        raise Http404
    try:
        return get_object_or_404(model, pk=key)
    except (ValueError, ValidationError, OverflowError):
        raise Http404 from None


@require_POST
@requires("privacy.decide", LegalHold)
def lift(request: HttpRequest, found: LegalHold) -> HttpResponse:
    """Let a record go its way again."""
    actions.lift(found, by=cast(User, request.user))
    messages.success(request, f"„{found.label}“ wird nicht mehr aufbewahrt. Ab jetzt gilt wieder die Frist.")
    return redirect("privacy:holds")


# -- record of processing ---------------------------------------------------------------------------------------------
@requires("privacy.see")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the record of processing (Article 30 GDPR), made from what the areas declare."""
    return render(
        request, "privacy/office/register.html", {"trail": TRAIL, "record": list(queries.record_of_processing())}
    )


@requires("privacy.see")
@require_safe
def register_file(request: HttpRequest) -> HttpResponse:
    """Hand it out as a table."""
    head = ["Verarbeitung", "Zweck", "Rechtsgrundlage", "Betroffene", "Daten", "Empfänger", "Löschung"]
    answer = HttpResponse(csv_table(head, _register_rows()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verzeichnis-der-verarbeitungen.csv"'
    return answer


def _register_rows() -> Iterator[list[Any]]:
    for one, rules in queries.record_of_processing():
        kept = "; ".join(f"{rule.title}: {rule.period}" for rule in rules)
        yield [one.title, one.purpose, one.basis, one.people, one.data, one.recipients, kept]


# -- people -----------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("privacy.decide", User)
def erase_person(request: HttpRequest, person: User) -> HttpResponse:
    """Delete an account on its holder's wish, with the same preview that the person sees."""
    by = cast(User, request.user)
    if person.pk == by.pk:
        return redirect("privacy:erase_account")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.erase_account(person, by=by)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Das Konto ist gelöscht. Die Person bekommt eine letzte Mail.")
            return redirect("wagtailusers_users:index")
    context = {"trail": TRAIL, "person": person, "form": form, "outlook": subjects.outlook(subjects.subject_of(person))}
    return render(request, "privacy/office/erase_person.html", context)
