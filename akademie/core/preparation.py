"""What must be in place before the first request: database, static files, reference and demo data.

Each step looks first whether it is needed and says in German what it does. All may be interrupted and run again.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from akademie.core.actions import load_data_sets
from akademie.core.contributions import demo_data, reference_data

Say = Callable[[str], None]


class NoDemoHere(Exception):
    """DEMO is on, but here is an academy of real people."""


def prepare(say: Say) -> None:
    """Do what is needed, in the order in which one builds on the other; NoDemoHere before anything of it is loaded."""
    migrate(say)
    if settings.DEMO and not may_be_demo():
        raise NoDemoHere
    collect_static_files(say)
    load_data_sets(reference_data, say)
    if settings.DEMO:
        load_data_sets(demo_data, say)


def may_be_demo() -> bool:
    """Whether nobody has an account yet, or the demo is here already.

    An academy that was set up or restored has accounts and nothing of the demo; a restored demo goes on as one.
    """
    here = (data_set.remove.preview() for data_set in demo_data if data_set.remove)
    return not get_user_model().objects.exists() or any(here)


def migrate(say: Say) -> None:
    """Bring the database to the present shape."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Datenbank wird eingerichtet …")
        call_command("migrate", verbosity=0, interactive=False)


def collect_static_files(say: Say) -> None:
    """Collect styles, scripts, fonts and pictures when one of them may have changed."""
    present = [_packages_hash(), _own_hash()]
    if _made_from() == present:
        return
    with (settings.BUILD_DIR / "static.lock").open("a") as lock:  # two starts with data folders of their own
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_from = _made_from()
        if made_from == present:
            return
        fresh = made_from[:1] != present[:1]
        duration = " und verdichtet (bis zu einer halben Minute)" if fresh else ""
        say(f"Gestaltung wird gesammelt{duration} …")
        _mark().unlink(missing_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=fresh)
        _mark().write_text("\n".join(present), encoding="utf-8")


def _mark() -> Path:
    """The file that says what the collected files were made from; written last."""
    return settings.BUILD_DIR / "static-made-from.txt"


def _made_from() -> list[str]:
    try:
        return _mark().read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []


def _packages_hash() -> str:
    """Hash of what decides the files of other packages."""
    locks = ("requirements.lock", "package-lock.json", "setup/frontend.py")
    return _hash(settings.BASE_DIR / name for name in locks)


def _own_hash() -> str:
    """Hash of our own static files, by name and content."""
    ours = (Path(app.path) / "static" for app in apps.get_app_configs() if app.name.startswith("akademie."))
    return _hash(path for folder in ours for path in sorted(folder.rglob("*")) if path.is_file())


def _hash(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
