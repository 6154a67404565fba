"""How much one sender may read: counted here, and told to the database in blocks, so that reading does not write."""

from threading import Lock

from django.http import HttpRequest

from akademie.core import limits

BLOCK = 100  # points that a process counts by itself
MOST = 6000  # points of one sender within WINDOW: a page of records is one, a file some dozens
WINDOW = 3600  # seconds
SENDERS = 10_000  # remembered at once; then all begin anew, with what the database has been told
SAYS = "Sie haben sehr viel auf einmal abgerufen. Bitte warten Sie, oder laden Sie die ganzen Dateien unter /daten/."

_points: dict[str, int] = {}
_lock = Lock()


def spend(request: HttpRequest, points: int) -> None:
    """Count what an answer costs; TooMany for a sender whose hour is used up.

    A sender may have up to BLOCK points more for each process; blocks begun before the hour count in the next one.
    """
    sender = limits.sender(request)
    with _lock:
        if len(_points) >= SENDERS:
            _points.clear()
        blocks, _points[sender] = divmod(_points.get(sender, 0) + points, BLOCK)
    for _ in range(blocks):
        limits.count("api", sender, most=MOST // BLOCK, seconds=WINDOW, says=SAYS)


def forget() -> None:
    """Forget what this process has counted."""
    with _lock:
        _points.clear()
