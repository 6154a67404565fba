"""Whether the files of an index are as they were written.

tantivy ends each file of a segment with a note of its checksum, but looks only at the length when it opens one. Of lost
or changed bytes in between it would make wrong answers, errors, or the end of the process.
"""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

from akademie.search.analysis import Damaged

MAGIC = (1337).to_bytes(4, "little")  # ends each file, after the length of the note
KINDS = ("fast", "fieldnorm", "idx", "pos", "store", "term")


def check_index(folder: Path) -> None:
    """Raise `Damaged` unless every file of the last commit is whole; reads all of them: a millisecond each megabyte."""
    while True:
        meta = _bytes(folder / "meta.json")
        try:
            for name in _names(meta):
                _check_file(folder / name)
        except Damaged:
            if _bytes(folder / "meta.json") == meta:
                raise
        else:
            return  # else a commit of another process took these files away just now


def _names(meta: bytes) -> list[str]:
    try:
        segments = json.loads(meta)["segments"]
        names = []
        for segment in segments:
            stem = segment["segment_id"].replace("-", "")
            names += [f"{stem}.{kind}" for kind in KINDS]
            if segment["deletes"]:
                names.append(f"{stem}.{segment['deletes']['opstamp']}.del")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged("The list of the segments of an index cannot be read") from error
    return names


def _check_file(path: Path) -> None:
    data = _bytes(path)
    end = len(data) - 8
    start = end - int.from_bytes(data[end : end + 4], "little") if end > 0 else 0
    try:
        if data[-4:] != MAGIC or start <= 0 or json.loads(data[start:end])["crc"] != crc32(memoryview(data)[:start]):
            raise Damaged(f"{path} is not as it was written")
    except (ValueError, LookupError, TypeError) as error:
        raise Damaged(f"{path} does not end as it was written") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Damaged(str(error)) from error
