"""Records that must not be deleted yet. Areas on the floors above name their models and leave out what is held."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.db.models.signals import pre_delete

from akademie.core.actions import NotPossible
from akademie.privacy.models import AboutRecord, ArchiveOffer, LegalHold

protected: dict[str, type[Model]] = {}  # kinds of records that may be held, by label in small letters


def protect(model: type[Model]) -> None:
    """Let records of this model be held, and let nothing delete one that is."""
    protected[model._meta.label_lower] = model
    pre_delete.connect(_refuse, sender=model, dispatch_uid=f"privacy holds {model._meta.label_lower}")


def _refuse(sender: type[Model], instance: Model, **_: Any) -> None:
    if hold := hold_of(instance):
        raise NotPossible(f"„{hold.label}“ wird aufbewahrt: {hold.reason}")


def hold_of(record: Model) -> LegalHold | None:
    """Return why a record is held, or None."""
    kind = ContentType.objects.get_for_model(record)
    return LegalHold.objects.filter(content_type=kind, object_pk=str(record.pk), ended_at=None).first()


def held(rows: QuerySet) -> QuerySet:
    """Return those of these rows that are held."""
    return _keyed(rows).filter(Exists(_about(LegalHold, rows).filter(ended_at=None)))


def not_held(rows: QuerySet) -> QuerySet:
    """Return those of these rows that nothing holds."""
    return _keyed(rows).filter(~Exists(_about(LegalHold, rows).filter(ended_at=None)))


def offered(rows: QuerySet) -> QuerySet:
    """Return those of these rows that were offered to the archive."""
    return _keyed(rows).filter(Exists(_about(ArchiveOffer, rows)))


def not_offered(rows: QuerySet) -> QuerySet:
    """Return those of these rows that were not offered to the archive yet."""
    return _keyed(rows).filter(~Exists(_about(ArchiveOffer, rows)))


def _keyed(rows: QuerySet) -> QuerySet:
    return rows.alias(_own_key=Cast("pk", CharField()))


def _about(model: type[AboutRecord], rows: QuerySet) -> QuerySet:
    kind = ContentType.objects.get_for_model(rows.model)
    return model._default_manager.filter(content_type=kind, object_pk=OuterRef("_own_key"))
