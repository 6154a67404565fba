"""Run the checks in groups and say at the end how each went; called by ./test.

    python setup/checks.py fast|all [arguments for pytest]

All groups run even if one fails. Ends with 0 when all is well, 1 when a check failed, 130 when it was cancelled. The
last line counts every test, and every check that is not a test as one: "412 passed, 0 failed".
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
NO_TESTS = 5  # pytest's word for "none of the tests was chosen"
SECOND_CHANCES = 3  # tests in a browser that may be run again; more than that is no accident
# Left to the whole run: what walks every address, restores, or starts servers, again and again; and of the tests across
# apps all but those that hold the plan of the house.
HOUSE = {"test_architecture.py", "test_consistency.py"}
NOT_IN_FAST = (
    "akademie/accounts/tests/test_provider.py",
    "akademie/api",
    "akademie/core/tests/test_outbox.py",
    "akademie/cms/tests/test_back_office.py",
    "akademie/formats/tests/test_printing.py",
    "akademie/operation",
    "akademie/portal/tests/test_desk.py",
    "akademie/portal/tests/test_topic_news.py",
    "akademie/practices/tests/test_actions.py",
    "akademie/privacy/tests/test_my_data.py",
    "akademie/search/tests/test_engine.py",
    *(f"tests/{path.name}" for path in sorted((ROOT / "tests").glob("test_*.py")) if path.name not in HOUSE),
)
TESTS = {"DJANGO_SETTINGS_MODULE": "akademie.settings_test"}


@dataclass
class Result:
    """How a group went."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    notes: list[str] = field(default_factory=list)


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | TESTS | (environment or {}), stdin=subprocess.DEVNULL
    ).returncode


def checks(*commands: list[str]) -> Result:
    """Run commands that are one check each."""
    result = Result()
    for command in commands:
        if run([PYTHON, *command]):
            result.failed += 1
            result.notes.append(" ".join(command[1:] if command[0] == "-m" else command))
        else:
            result.passed += 1
    return result


def pytest(
    arguments: list[str],
    marks: str,
    *,
    at_once: int,
    options: tuple[str, ...] = (),
    environment: dict[str, str] | None = None,
) -> Result:
    """Run the tests with these marks; none at all is a failure unless the caller chose among them."""
    with tempfile.TemporaryDirectory(prefix="akademie-tests-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-m",
            marks,
            f"-n{at_once}",
            "--dist=worksteal",
            f"--junitxml={report}",
            *options,
            *arguments,
        ]
        code = run(command, environment)
        result = count(report)
    if code == NO_TESTS:
        if not arguments:
            result.failed += 1
        result.notes.append("kein Test ausgewählt")
    elif code and not result.failed:
        result.failed += 1
        result.notes.append(f"pytest endet mit {code}")
    return result


def in_browser(arguments: list[str]) -> Result:
    """Run the tests in a browser; the few that fail run once more, alone, and the summary names them.

    A browser that drives a server beside a second browser on two cores now and then misses a moment. A fault of ours
    fails twice, and who reads the summary sees which test is restless.
    """
    with tempfile.TemporaryDirectory(prefix="akademie-tests-") as folder:
        remember, found = ("-o", f"cache_dir={folder}"), {"AXE_FINDINGS": f"{folder}/axe"}
        first = pytest(arguments, "browser", at_once=2, options=remember, environment=found)
        failed = last_failed(Path(folder)) if 0 < first.failed <= SECOND_CHANCES else []
        if failed:
            print(f"\nNoch einmal, allein: {', '.join(failed)}", flush=True)
            second = pytest(arguments, "browser", at_once=0, options=(*remember, "--last-failed"), environment=found)
        run([PYTHON, "-m", "tests.accessibility.last_run"], found)
    if not failed:
        return first
    return Result(
        passed=first.passed + second.passed,
        failed=second.failed,
        skipped=first.skipped,
        notes=[*first.notes, f"beim ersten Mal nicht bestanden: {', '.join(failed)}"],
    )


def last_failed(cache: Path) -> list[str]:
    """Return the tests that pytest remembers as failed."""
    kept = cache / "v" / "cache" / "lastfailed"
    return list(json.loads(kept.read_text())) if kept.exists() else []


def count(report: Path) -> Result:
    """Return the numbers of pytest's own report, and what tests say by `record_property("report", …)`."""
    result = Result()
    if not report.exists():
        return result
    root = ElementTree.parse(report).getroot()  # noqa: S314  (written by pytest just now)
    result.notes += [str(one.get("value")) for one in root.iter("property") if one.get("name") == "report"]
    for suite in root.iter("testsuite"):
        numbers = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        result.failed += numbers["failures"] + numbers["errors"]
        result.skipped += numbers["skipped"]
        result.passed += max(0, numbers["tests"] - sum(numbers[name] for name in ("failures", "errors", "skipped")))
    return result


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of a throw-away PostgreSQL: in a folder of its own, on a socket, gone at the end."""
    programs = Path(os.environ["POSTGRES"])
    person = _someone() if os.geteuid() == 0 else {}  # PostgreSQL does not run as root
    # Not below TMPDIR: a socket's path may have some hundred characters only.
    folder = Path(tempfile.mkdtemp(prefix="akademie-pg-", dir="/tmp"))
    server = None
    try:
        if person:
            os.chown(folder, person["user"], person["group"])
        data = str(folder / "data")
        create = [str(programs / "initdb"), "-D", data, "-U", "akademie", "-A", "trust", "-E", "UTF8"]
        create += ["--no-locale", "--no-sync"]
        done = subprocess.run(create, cwd="/", capture_output=True, text=True, **person)
        if done.returncode:
            raise RuntimeError(f"initdb: {done.stderr}")
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        start = [str(programs / "postgres"), "-D", data, *(f"--{name}={value}" for name, value in options.items())]
        with (folder / "log").open("wb") as log:
            # A session of its own: Ctrl+C must not end it before the tests have let go of it.
            server = subprocess.Popen(
                start, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **person
            )
        ready = [str(programs / "pg_isready"), "-q", "-h", str(folder), "-U", "akademie", "-d", "postgres"]
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(f"postgres: {(folder / 'log').read_text()}")
            if subprocess.run(ready).returncode == 0:
                break
            time.sleep(0.1)
        yield f"postgres://akademie@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)  # "fast": ends the connections
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _someone() -> dict[str, object]:
    """Return a person other than root, as arguments of subprocess."""
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("Es gibt weder die Kennung postgres noch nobody.")


# What the first start makes, once and before tests that start servers wait for it side by side.
PREPARE = """
import gc
import django
gc.set_threshold(20_000)  # changes to a database leave much in circles; a fifth of their time
django.setup()
from django.db import connection
from akademie.core import preparation
from akademie.search.analysis import load_lexicon
preparation.collect_static_files(print)
load_lexicon()
preparation.migrate(print)
connection.close()
"""


class Preparation:
    """The first start, as a process beside the checks that need nothing of it; `result` waits for its end.

    It collects the static files, makes the words of the search and brings a database to its present shape, which the
    tests on SQLite copy (`django_db_keepdb` in conftest.py): all changes since Wagtail's first take many seconds.
    """

    def __init__(self, folder: str) -> None:
        self.said = (Path(folder) / "preparation").open("w+")
        os.environ["MIGRATED_SQLITE"] = str(Path(folder) / "migrated.sqlite3")
        real = {
            "DJANGO_SETTINGS_MODULE": "akademie.settings",
            "SECRET_KEY": "checks-" + "x" * 50,
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{os.environ['MIGRATED_SQLITE']}",
        }
        self.process = subprocess.Popen(
            [PYTHON, "-c", PREPARE],
            cwd=ROOT,
            env=os.environ | real,
            stdin=subprocess.DEVNULL,
            stdout=self.said,
            stderr=subprocess.STDOUT,
        )

    def result(self) -> Result:
        """Wait for the end and show what was said."""
        failed = self.process.wait() != 0
        self.said.seek(0)
        print(self.said.read(), end="", flush=True)
        return Result(passed=int(not failed), failed=int(failed))

    def end(self) -> None:
        """End it, if it still runs."""
        self.process.kill()
        self.process.wait()
        self.said.close()


def on_postgres(arguments: list[str]) -> Result:
    """Run the tests that are neither slow nor in a browser on PostgreSQL."""
    try:
        with postgres() as address:
            return pytest(arguments, "not browser and not slow", at_once=2, environment={"DATABASE_URL": address})
    except (RuntimeError, OSError) as reason:
        return Result(failed=1, notes=[f"PostgreSQL startet nicht: {reason}"])


def groups(part: str, arguments: list[str], preparation: Preparation) -> dict[str, Callable[[], Result]]:
    """Return the groups by name, in their order."""
    chosen: dict[str, Callable[[], Result]] = {
        "Stil": lambda: checks(
            ["-m", "ruff", "check", "."],
            ["-m", "ruff", "format", "--check", "."],
            ["-m", "djlint", "--lint", "--quiet", "akademie"],
        ),
        "Typen": lambda: checks(["-m", "mypy"]),
        "Stockwerke": lambda: checks(["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        "Migrationen": lambda: checks(["manage.py", "makemigrations", "--check", "--dry-run"]),
        "Erster Start": preparation.result,
    }
    if part == "fast":
        left_out = tuple(f"--ignore={path}" for path in NOT_IN_FAST)
        options = left_out if arguments else (*left_out, "--first-cases")
        chosen["Tests"] = lambda: pytest(arguments, "not browser and not slow", at_once=2, options=options)
        return chosen
    chosen["Tests"] = lambda: pytest(arguments, "not browser", at_once=2)
    chosen["PostgreSQL"] = lambda: on_postgres(arguments)
    chosen["Browser"] = lambda: in_browser(arguments)
    return chosen


def main(part: str, arguments: list[str]) -> int:
    """Run the groups, print the summary, return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what was begun is put away then too
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of the many processes compiles everything again
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(prefix="akademie-checks-") as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder  # what the checks leave behind goes with it
        preparation = Preparation(folder)
        try:
            for name, group in groups(part, arguments, preparation).items():
                print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
                begun = time.monotonic()
                results[name] = group()
                results[name].seconds = time.monotonic() - begun
        finally:
            preparation.end()
    print("\n── Zusammenfassung " + "─" * 45)
    for name, result in results.items():
        state = "nicht bestanden" if result.failed else "bestanden"
        notes = f"  ({'; '.join(result.notes)})" if result.notes else ""
        print(f"{name:<12} {state:<16} {result.seconds:6.1f} s {result.passed:6} gut {result.failed:4} nicht{notes}")
    print(f"{'zusammen':<12} {'':<16} {sum(result.seconds for result in results.values()):6.1f} s\n")
    total = {name: sum(getattr(r, name) for r in results.values()) for name in ("passed", "failed", "skipped")}
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"{total['passed']} passed, {total['failed']} failed{skipped}", flush=True)
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)
        sys.exit(130)
