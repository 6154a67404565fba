"""How good the Wegweiser's answers are: judged concerns, asked of the real data.

    .venv/bin/python benchmarks/wegweiser.py [--concerns benchmarks/concerns.json] [--misses] [--json]

A file has `records` (or `concerns`, or is a list) with `id`, `text`, `town` (AGS or null), and for `practices`,
`documents`, `formats` and `topics` the identifiers that really help; `off_topic` concerns must get nothing.
A part counts as found when one of its identifiers is among the first three shown; an empty list is not judged.
Builds a throw-away database and index from the shipped data.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("practices", "documents", "formats", "topics")
SHOWN = 3


def set_up(folder: str) -> None:
    """Prepare Django with the reference data in a throw-away folder."""
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        {"SECRET_KEY": "benchmark" * 8, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "akademie.settings"}
    )
    import django

    import akademie  # noqa: F401  (brings the repaired SQLite)

    django.setup()
    from django.core.management import call_command

    from akademie.core.actions import load_data_sets
    from akademie.core.contributions import reference_data

    call_command("migrate", verbosity=0)
    load_data_sets(reference_data, lambda sentence: print(sentence, file=sys.stderr))


def shown(concern: dict[str, Any]) -> dict[str, list[str]]:
    """Ask the Wegweiser and return the identifiers it shows, part by part."""
    from akademie.portal.guide.answer import answer
    from akademie.towns.models import Town

    town = Town.objects.filter(pk=concern.get("town")).first() if concern.get("town") else None
    given = answer(concern["text"], town)
    return {
        "practices": [slug(suggested.entry.url) for suggested in given.practices],
        "documents": [slug(suggested.entry.url) for suggested in given.documents],
        "formats": [suggested.format.slug for suggested in given.formats],
        "topics": [topic.key for topic in given.concern.topics][:SHOWN] if not given.is_empty else [],
    }


def slug(url: str) -> str:
    """Return the identifier at the end of an address."""
    return url.rstrip("/").rsplit("/", 1)[-1]


def judged(concerns: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a judgement per concern: part → True, False, or None when it is not judged."""
    for concern in concerns:
        given = shown(concern)
        row: dict[str, Any] = {"id": concern["id"], "text": concern["text"], "shown": given}
        if concern.get("off_topic"):
            row["off_topic"] = not any(given[part] for part in PARTS)
        else:
            for part in PARTS:
                wanted = set(concern.get(part) or ())
                row[part] = bool(wanted & set(given[part][:SHOWN])) if wanted else None
                row[f"wanted_{part}"] = sorted(wanted)
        yield row


def score(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Sum up: found of judged, per part and over practices, documents, formats and off-topic together."""
    result: dict[str, Any] = {}
    found = judged_in_all = 0
    for part in (*PARTS, "off_topic"):
        values = [row[part] for row in rows if row.get(part) is not None]
        result[part] = {"found": sum(values), "of": len(values), "share": round(sum(values) / max(1, len(values)), 3)}
        if part != "topics":  # topics explain the answer; they are not part of it
            found, judged_in_all = found + sum(values), judged_in_all + len(values)
    result["all"] = {"found": found, "of": judged_in_all, "share": round(found / max(1, judged_in_all), 3)}
    return result


def main() -> None:
    """Judge a file and print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concerns", type=Path, default=ROOT / "benchmarks" / "concerns.json")
    parser.add_argument("--misses", action="store_true", help="show what was missed")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    data = json.loads(arguments.concerns.read_text(encoding="utf-8"))
    concerns = data if isinstance(data, list) else data.get("records") or data["concerns"]
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        rows = list(judged(concerns))
    if arguments.misses:
        for row in rows:
            for part in (*PARTS, "off_topic"):
                if row.get(part) is False:
                    print(f"{row['id']} {part}: {row['text']}")
                    wanted = row.get(f"wanted_{part}", "nothing")
                    print(f"    wanted {wanted}, shown {row['shown'].get(part, row['shown'])}")
    result = score(rows)
    if arguments.json:
        print(json.dumps(result, indent=1))
        return
    for part, values in result.items():
        print(f"{part:10} {values['found']:3} of {values['of']:3}  {values['share']:.0%}")


if __name__ == "__main__":
    main()
