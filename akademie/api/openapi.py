"""The description of the API (OpenAPI 3.1), made from what the areas say of their records."""

from functools import cache
from typing import Any

from akademie.api.handed_in import MOST_ENTRIES
from akademie.api.queries import Collection, collections
from akademie.core import frame
from akademie.core.contributions import public_kinds
from akademie.core.open_data import DataField, absolute
from akademie.core.stamps import Kept

VERSION = "1.1"
ABOUT = (
    "Alles Öffentliche zum Lesen, ohne Anmeldung. Was nicht dokumentiert ist, ist null. Mit einem Zugangsschlüssel "
    "reichen Programme Entwürfe ein; die Redaktion entscheidet."
)
LIMIT, MOST = 50, 200  # records of one page
LAST_OFFSET = 1_000_000
LONGEST_TEXT = 200
MOST_VALUES = 50  # of one facet
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
PROBLEM = {
    "type": "object",
    "description": "Ein Fehler nach RFC 9457.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Was zu tun ist, in einem Satz."},
        "parameter": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "Beim Einreichen: was an welchem Feld nicht passt.",
            "additionalProperties": {"type": "string"},
        },
    },
    "required": ["type", "title", "status", "detail"],
}
ERRORS = {
    400: "Ein Parameter ist unbekannt oder nicht lesbar, oder was Sie schicken, ist kein JSON.",
    401: "Der Zugangsschlüssel fehlt, ist abgelaufen oder zurückgezogen.",
    403: "Wem der Zugangsschlüssel gehört, darf nicht mehr einreichen.",
    404: "Diesen Datensatz gibt es nicht.",
    409: "Das gibt es schon, oder es liegt ein Entwurf bei der Redaktion.",
    412: "Der Datensatz hat sich geändert, seit Sie ihn gelesen haben.",
    413: "Was Sie schicken, ist zu groß.",
    415: "Was Sie schicken, ist nicht als JSON angekündigt.",
    422: "Ein Feld passt nicht; errors sagt, welches und warum.",
    428: "Es fehlt If-Match mit dem ETag des Datensatzes.",
    429: "Zu viele Anfragen; Retry-After sagt, wann es weitergeht.",
}
KEY = {"type": "http", "scheme": "bearer", "description": "Ein Zugangsschlüssel, den die Redaktion erstellt."}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "Der ETag, mit dem Sie den Datensatz gelesen haben.",
    "schema": {"type": "string"},
}


def schema_of(one: DataField) -> dict[str, Any]:
    """Return a field in the words of JSON Schema."""
    told: dict[str, Any] = record_schema(one.parts) if one.parts else {"type": TYPES[one.type]}
    if one.format:
        told["format"] = one.format
    if one.choices:
        told["enum"] = list(one.choices)
    if one.many:
        told = {"type": "array", "items": told}
    elif not one.always:
        told["type"] = [told["type"], "null"]
        if one.choices:
            told["enum"] = [*one.choices, None]
    words = "; ".join(f"{value}: {label}" for value, label in one.choices.items())
    told["description"] = f"{one.title}{f' ({one.note})' if one.note else ''}{f'. {words}' if words else ''}"
    return told


def record_schema(fields: tuple[DataField, ...]) -> dict[str, Any]:
    """Return the schema of a record: every field is there, also when nothing is known."""
    return {
        "type": "object",
        "properties": {one.name: schema_of(one) for one in fields},
        "required": [one.name for one in fields],
        "additionalProperties": False,
    }


def written_schema(collection: Collection, *, whole: bool) -> dict[str, Any]:
    """Return what a program may hand in: the record as it is read. `whole` demands all that can be written."""
    properties = {one.name: _written(collection, one) for one in collection.fields}
    return {
        "type": "object",
        "properties": properties,
        "required": [one.name for one in collection.fields if one.written and (whole or one.always)],
        "additionalProperties": False,
    }


def _written(collection: Collection, one: DataField) -> dict[str, Any]:
    told = schema_of(one)
    if not one.written:
        return told | {"readOnly": True}
    if one.parts:
        told["items"] = {
            "type": "object",
            "properties": {part.name: schema_of(part) | {"readOnly": not part.written} for part in one.parts},
            "required": [part.name for part in one.parts if part.written],
            "additionalProperties": False,
        }
    longest = getattr(collection.kind.model._meta.get_field(one.target), "max_length", None)
    if longest and not one.choices:
        (told["items"] if one.many else told)["maxLength"] = longest
    return told | {"maxItems": MOST_ENTRIES} if one.many else told


def _page_schema(key: str) -> dict[str, Any]:
    properties = {
        "count": {"type": "integer", "minimum": 0, "description": "Datensätze insgesamt"},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "next": {"type": ["string", "null"], "format": "uri", "description": "die nächste Seite"},
        "prev": {"type": ["string", "null"], "format": "uri", "description": "die vorige Seite"},
        "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{key}"}},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _parameters(collection: Collection) -> list[dict[str, Any]]:
    found = [
        _parameter("limit", f"Datensätze je Seite, höchstens {MOST}.", type="integer", minimum=1, maximum=MOST,
                   default=LIMIT),
        _parameter("offset", "So viele Datensätze überspringen.", type="integer", minimum=0, maximum=LAST_OFFSET,
                   default=0),
        _parameter("q", "Ein Text. Die besten Treffer zuerst.", type="string", maxLength=LONGEST_TEXT),
    ]  # fmt: skip
    if "stadt" in collection.parameters:
        found.append(_parameter("stadt", "Ein Gemeindeschlüssel (AGS).", type="string", pattern="^[0-9]{8}$"))
    for facet, choices in collection.rows.choices() if collection.rows else ():
        words = ", ".join(f"{value} ({label})" if value != label else value for value, label in choices)
        text = f"{facet.title}. Mehrere Werte: den Parameter wiederholen." + (f" Werte: {words}." if words else "")
        items = {"type": "string", "maxLength": LONGEST_TEXT}
        found.append(_parameter(facet.key, text, type="array", items=items, maxItems=MOST_VALUES))
    return found


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _problems(*statuses: int) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {str(status): {"description": ERRORS[status], "content": problem} for status in statuses}


def _answers(ok: dict[str, Any], *statuses: int) -> dict[str, Any]:
    return {
        "200": {"description": "Die Antwort.", "content": {"application/json": {"schema": ok}}},
        "304": {"description": "Unverändert seit der Antwort, deren ETag oder Last-Modified Sie mitschicken."},
        **_problems(*statuses),
    }


def _paths(collection: Collection) -> dict[str, Any]:
    key, title = collection.key, collection.title
    about = collection.data.about if collection.data else f"{title}: Titel, Inhalt in Kürze und Adresse."
    listed = {
        "operationId": f"list_{key}",
        "tags": [title],
        "summary": f"{title} auflisten",
        "description": about,
        "parameters": _parameters(collection),
        "responses": _answers({"$ref": f"#/components/schemas/{key}_page"}, 400, 429),
    }
    name = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[^/]+$"}}
    single = {
        "operationId": f"get_{key}",
        "tags": [title],
        "summary": f"{collection.kind.singular}: ein Datensatz",
        "parameters": [name],
        "responses": _answers({"$ref": f"#/components/schemas/{key}"}, 400, 404, 429),
    }
    found = {f"/api/v1/{key}/": {"get": listed}, f"/api/v1/{key}/{{id}}/": {"get": single}}
    if collection.link:
        record = {"$ref": f"#/components/schemas/{key}"}
        drafted = {
            "description": "Der Datensatz, wie er als Entwurf bei der Redaktion liegt.",
            "headers": {"Location": {"description": "seine Adresse", "schema": {"type": "string", "format": "uri"}}},
            "content": {"application/json": {"schema": record}},
        }
        receipt = {"type": "object", "properties": {"id": {"type": "string"}, "detail": {"type": "string"}}}
        proposed = {"description": "Die Änderung ist angekommen.", "content": {"application/json": {"schema": receipt}}}
        found[f"/api/v1/{key}/"]["post"] = {
            "operationId": f"create_{key}",
            "tags": [title],
            "summary": f"{collection.kind.singular}: als Entwurf einreichen",
            **_handing_in(f"{key}_new", {"201": drafted}, 400, 401, 403, 409, 413, 415, 422, 429),
        }
        found[f"/api/v1/{key}/{{id}}/"]["put"] = {
            "operationId": f"change_{key}",
            "tags": [title],
            "summary": f"{collection.kind.singular}: eine Änderung als Entwurf einreichen",
            "parameters": [name, IF_MATCH],
            **_handing_in(
                f"{key}_change", {"202": proposed}, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429
            ),
        }  # fmt: skip
    return found


def _handing_in(schema: str, ok: dict[str, Any], *statuses: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "security": [{"key": []}],
        "requestBody": {"required": True, "content": content},
        "responses": ok | _problems(*statuses),
    }


def _index() -> dict[str, Any]:
    entry = {name: {"type": "string"} for name in ("key", "title", "url")} | {"count": {"type": "integer"}}
    properties = {name: {"type": "string"} for name in ("title", "version", "openapi", "docs", "data")}
    rows = {"type": "array", "items": {"type": "object", "properties": entry, "required": list(entry)}}
    schema = {"type": "object", "properties": properties | {"collections": rows},
              "required": [*properties, "collections"]}  # fmt: skip
    return {
        "operationId": "index",
        "tags": ["Übersicht"],
        "summary": "Was es gibt",
        "responses": _answers(schema, 400, 429),
    }


def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {"/api/v1/": {"get": _index()}}
    schemas: dict[str, Any] = {"problem": PROBLEM}
    for collection in collections().values():
        paths |= _paths(collection)
        schemas[collection.key] = record_schema(collection.fields)
        schemas[f"{collection.key}_page"] = _page_schema(collection.key)
        if collection.link:
            schemas[f"{collection.key}_new"] = written_schema(collection, whole=False)
            schemas[f"{collection.key}_change"] = written_schema(collection, whole=True)
    name = frame.current()["site_name"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name}: offene Daten",
            "version": VERSION,
            "description": ABOUT,
            "termsOfService": absolute("/daten/"),
        },
        "servers": [{"url": absolute("")}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": KEY}},
    }


@cache
def _kept() -> Kept[dict[str, Any]]:
    return Kept((*(kind.key for kind in public_kinds), "cms"), _document)


def document() -> dict[str, Any]:
    """Return the description; kept per process until something public changes."""
    return _kept().get()
