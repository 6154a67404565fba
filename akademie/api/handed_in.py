"""What programs hand in, read by the same declaration by which it is given to them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextField

from akademie.api.queries import Collection
from akademie.core.forms import LineField, PlainTextField
from akademie.core.open_data import DataField
from akademie.core.records import Record

MOST_ENTRIES = 200  # of one field
WORDS = {str: "ein Text", int: "eine ganze Zahl", float: "eine Zahl", bool: "true oder false"}


def fill(row: Record, collection: Collection, told: Any, *, whole: bool) -> None:
    """Put what a program has sent into a row that is not saved yet; ValidationError names each field that is wrong.

    `whole` demands all fields: what is to stay has to be sent along. Fields that programs only read may come along,
    and change nothing.
    """
    given = _record(collection.fields, told, whole=whole)
    wrong: dict[str, str] = {}
    for one in collection.fields:
        column = row._meta.get_field(one.target) if one.written else None
        if column is None or column.is_relation:
            continue
        value = "\n".join(given[one.name]) if one.many else given[one.name]
        if isinstance(value, str):
            value = (PlainTextField if isinstance(column, TextField) else LineField)(required=False).clean(value)
            if column.max_length and len(value) > column.max_length:
                wrong[one.name] = f"Höchstens {column.max_length} Zeichen."
        setattr(row, one.target, column.get_default() if value is None else value)
    if wrong:
        raise ValidationError(wrong)
    collection.link(row, given)
    row.full_clean()


def _record(fields: tuple[DataField, ...], told: Any, *, whole: bool) -> dict[str, Any]:
    """Return the values of all fields that are written; None or an empty list for those that were not sent."""
    if not isinstance(told, dict):
        raise ValidationError({"record": "Ein Datensatz ist ein JSON-Objekt."})
    known = {one.name for one in fields}
    wrong = {name[:60]: "Dieses Feld gibt es nicht." for name in told if name not in known}
    found: dict[str, Any] = {}
    for one in fields:
        if not one.written:
            continue
        if one.name not in told and (whole or one.always):
            wrong[one.name] = "Dieses Feld fehlt."
            continue
        try:
            found[one.name] = _value(one, told.get(one.name))
        except ValidationError as refusal:
            wrong[one.name] = " ".join(refusal.messages)
    if wrong:
        raise ValidationError(wrong)
    return found


def _value(one: DataField, value: Any) -> Any:
    if one.many:
        if not isinstance(value, list | None) or len(value or ()) > MOST_ENTRIES:
            raise ValidationError(f"Das muss eine Liste sein, mit höchstens {MOST_ENTRIES} Einträgen.")
        return [_single(one, entry) for entry in value or ()]
    if value in (None, ""):
        if one.always:
            raise ValidationError("Das darf nicht leer sein.")
        return None
    return _single(one, value)


def _single(one: DataField, value: Any) -> Any:
    if one.parts:
        return _record(one.parts, value, whole=False)
    if not isinstance(value, one.type) or (isinstance(value, bool) and one.type is not bool):
        raise ValidationError(f"Das muss {WORDS[one.type]} sein.")
    if one.choices and value not in one.choices:
        raise ValidationError(f"Möglich sind: {', '.join(one.choices)}.")
    if not isinstance(value, str):
        return value
    return LineField(required=False).clean(value) if one.many else value.replace("\0", "")  # databases refuse it
