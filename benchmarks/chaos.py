"""Kills processes of the academy at random while people read and write, and looks at the end for what was lost.

    .venv/bin/python benchmarks/chaos.py [--seconds 120] [--postgres PROGRAMS] [--data FOLDER] [--seed 1]

Starts the academy as `./run` does, with two web processes and a mail server that takes everything; on SQLite, or with
`--postgres /usr/lib/postgresql/15/bin` on a PostgreSQL of those programs that is gone afterwards. Meanwhile visitors
read pages, others ask the office and confirm by the link in their mail, and an editor changes titles and enqueues jobs.
Every few seconds one process gets SIGKILL: the background worker, a web process, the web server's parent, or the parent
of all, which is then started again as systemd would. Requests that a dying process cuts off are asked again by the
client, as browsers do, and counted apart. Prints the counts as JSON and ends with 1 when anything was lost.
"""

import argparse
import json
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from email import message_from_bytes, policy
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from servers import ROOT, Server, academy, free_port

sys.path.insert(0, str(ROOT / "setup"))
from checks import postgres

READERS, WRITERS = 4, 2
PAUSE = (1.5, 4.0)  # seconds between two kills
SETTLE = 150  # seconds that the academy has at the end for what still waits
PAGES = (
    "/",
    "/bibliothek/",
    "/praxis/?thema=leerstand",
    "/staedte/",
    "/staedte/12070424/",
    "/formate/lernwerkstatt/",
    "/themen/leerstand/",
    "/suche/?q=leerstand+innenstadt",
    "/wegweiser/?q=Leerstand+in+der+Innenstadt",
    "/austausch/frage/",
)


# -- mail -------------------------------------------------------------------------------------------------------------
class Mails:
    """A mail server that takes everything and remembers it."""

    def __init__(self) -> None:
        self.times: Counter[tuple[str, str]] = Counter()  # by recipient and Message-ID
        self.links: dict[str, str] = {}  # path that confirms, by recipient
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain",))
        link = re.search(r"https?://[^/\s]+(/austausch/frage/bestaetigen/\S+)", body.get_content() if body else "")
        for address in envelope.rcpt_tos:
            self.times[(address, str(mail["Message-ID"]))] += 1
            if link:
                self.links[address] = link[1]
        return "250 OK"


# -- visitors ---------------------------------------------------------------------------------------------------------
class Visitor:
    """A client that asks again when it is cut off, and counts what it gets."""

    def __init__(self, port: int, stop: threading.Event, address: str) -> None:
        self.port, self.stop, self.address = port, stop, address
        self.counts: Counter[str] = Counter()
        self.bad: list[str] = []
        self.connection: HTTPConnection | None = None

    def ask(self, path: str, form: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str, str] | None:
        """Return status, page and cookies; None when the time is over."""
        headers = {
            "X-Forwarded-For": self.address,
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        while not self.stop.is_set():
            if self.connection is None:
                self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                if form is None:
                    self.connection.request("GET", path, headers=headers)
                else:
                    self.connection.request("POST", path, urlencode(form), headers)
                answer = self.connection.getresponse()
                page = answer.read().decode()
            except (OSError, HTTPException) as error:
                self.connection.close()
                self.connection = None
                self.counts[f"cut off ({type(error).__name__})"] += 1
                time.sleep(0.1)
                continue
            self.counts[f"{'GET' if form is None else 'POST'} {answer.status}"] += 1
            if answer.status >= 500:
                self.bad.append(f"{answer.status} {path}")
            cookies = "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])
            return answer.status, page, cookies
        return None

    def send(self, path: str, fields: dict[str, str]) -> int:
        """Fill in a form and send it; return the status, 0 when the time is over."""
        if not (seen := self.ask(path)):
            return 0
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', seen[1])
        if not token:  # confirmed already
            return seen[0]
        sent = self.ask(path, {**fields, "csrfmiddlewaretoken": token[1]}, seen[2])
        return sent[0] if sent else 0


def read(visitor: Visitor, dice: random.Random) -> None:
    """Read pages until told to stop."""
    while not visitor.stop.is_set():
        visitor.ask(dice.choice(PAGES))


def write(visitor: Visitor, name: str, mails: Mails, asked: list[str], confirmed: list[str]) -> None:
    """Ask questions and confirm them until told to stop; notes the addresses whose requests were answered."""
    number = 0
    while not visitor.stop.is_set():
        number += 1
        address = f"{name}-{number}@example.org"
        visitor.address = f"2001:db8:{number:x}::{name[-1]}"  # a household of its own: the limit counts by that
        fields = {"question": f"Frage {number} von {name}: Wie beginnen wir damit?", "email": address}
        if visitor.send("/austausch/frage/", fields) == 302:
            asked.append(address)
        mine = [one for one in mails.links if one.startswith(f"{name}-") and one not in confirmed]
        confirmed.extend(one for one in mine if visitor.send(mails.links[one], {}) == 200)
        time.sleep(0.1)


# -- processes --------------------------------------------------------------------------------------------------------
def roles(server: Server) -> dict[str, list[int]]:
    """Return the processes by what they do."""
    parents = dict(server.pids())
    top = server.process.pid
    children = [pid for pid, parent in parents.items() if parent == top]
    master = [pid for pid in children if pid in parents.values()]
    return {
        "worker": [pid for pid in children if pid not in master] if master else [],
        "web": [pid for pid, parent in parents.items() if parent in master],
        "web parent": master,
        "parent": [top],
    }


def restart(server: Server, environment: dict[str, str]) -> Server:
    """Do what systemd does when the main process is gone: end the rest of the group, then start it again."""
    server.process.wait()
    deadline = time.monotonic() + 8
    while left := [pid for pid, _parent in server.pids()]:
        for pid in left:
            signalled(pid, signal.SIGKILL if time.monotonic() > deadline else signal.SIGTERM)
        time.sleep(0.1)
    return academy(environment, server.port)


def signalled(pid: int, number: int) -> None:
    """Send a signal to a process that may be gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


# -- the look at the end ----------------------------------------------------------------------------------------------
def set_up(environment: dict[str, str]) -> None:
    """Make the academy's models usable here, on the same database."""
    os.environ.update(environment)
    sys.path.insert(0, str(ROOT))
    import django

    import akademie  # noqa: F401  (brings the repaired SQLite)

    django.setup()


class Editor:
    """Somebody of the office: changes titles, which the index must follow, and enqueues jobs."""

    def __init__(self) -> None:
        from akademie.library.models import LibraryItem

        self.items = list(LibraryItem.objects.order_by("pk")[:20])
        self.number, self.words = 0, dict[int, str]()
        self.jobs: list[Any] = []

    def work(self) -> None:
        """Change one title and enqueue one job."""
        from wagtail.tasks import update_reference_index_task

        item = self.items[self.number % len(self.items)]
        self.number += 1
        self.words[item.pk] = word = f"Umbruch{self.number:05}x"
        item.title = f"{word} im Versuch"
        item.save()
        self.jobs.append(update_reference_index_task.enqueue("library", "libraryitem", str(item.pk)).id)

    def not_found(self) -> list[str]:
        """Return the words of present titles that the search does not find."""
        from akademie.search import queries

        found = {word: queries.search(word, correct=False, limit=5).found for word in self.words.values()}
        return [word for pk, word in self.words.items() if str(pk) not in [one.pk for one in found[word]]]


def waiting() -> dict[str, int]:
    """Return what is not done yet: jobs, mails, notes for the index."""
    from django_tasks_db.models import DBTaskResult

    from akademie.core.models import MailState, OutgoingMail
    from akademie.search import queries
    from akademie.search.models import SearchOutbox

    return {
        "jobs": DBTaskResult.objects.exclude(pk__in=DBTaskResult.objects.successful()).count(),
        "mails": OutgoingMail.objects.exclude(state__in=(MailState.SENT, MailState.FAILED)).count(),
        "notes": SearchOutbox.objects.filter(seq__gt=queries.engine().cursor()).count(),
    }


def lost(
    run: str, editor: Editor, mails: Mails, asked: list[str], confirmed: list[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield what is missing or twice, by what it is."""
    from django_tasks_db.models import DBTaskResult

    from akademie.core.models import MailState, OutgoingMail
    from akademie.exchange.models import HelpRequest, HelpRequestState

    ours = HelpRequest.objects.filter(email__startswith=run)
    kept = Counter(ours.values_list("email", flat=True))
    still = set(ours.filter(state=HelpRequestState.UNCONFIRMED).values_list("email", flat=True))
    reached = {address for address, _key in mails.times}
    done = set(DBTaskResult.objects.successful().values_list("pk", flat=True))
    yield "questions lost", [address for address in asked if not kept[address]]
    yield "questions twice", [address for address, times in kept.items() if times > 1]
    yield "confirmations lost", [address for address in confirmed if address in still]
    yield "mails not sent", [str(mail) for mail in OutgoingMail.objects.exclude(state=MailState.SENT)]
    yield "people without mail", [address for address in kept if address not in reached]
    yield "jobs lost", [str(job) for job in editor.jobs if str(job) not in {str(pk) for pk in done}]
    yield "jobs unfinished", [f"{job.task_path} {job.status}" for job in DBTaskResult.objects.exclude(pk__in=done)]
    yield "titles not in the index", editor.not_found()


# -- the run ----------------------------------------------------------------------------------------------------------
def run(folder: Path, database: str, seconds: float, seed: int) -> dict[str, Any]:
    """Run, kill, look; return the counts. `database` is the address of a PostgreSQL, empty for SQLite."""
    mails = Mails()
    mails.server.start()
    environment = {
        "SECRET_KEY": "benchmark" * 8,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder / 'db.sqlite3'}",
        "SITE_URL": "http://127.0.0.1:8000",
        "DEMO": "False",
        "BEHIND_PROXY": "True",
        "FORM_SECONDS": "0",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mails.server.port),
        "EMAIL_TLS": "False",
        "EMAIL_FROM": "akademie@example.org",
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
    }
    server = academy(environment)
    try:
        server.ask("/")  # the first start loads the data
        set_up(environment)
        return _run(server, environment, mails, seconds, random.Random(seed))
    finally:
        mails.server.stop()


def _run(
    server: Server, environment: dict[str, str], mails: Mails, seconds: float, dice: random.Random
) -> dict[str, Any]:
    stop, editor = threading.Event(), Editor()
    run = f"{time.time_ns():x}"  # tells this run's people from those of another on the same data
    asked: list[str] = []
    confirmed: list[str] = []
    visitors = [Visitor(server.port, stop, f"192.0.2.{number}") for number in range(READERS + WRITERS)]
    threads = [threading.Thread(target=read, args=(one, random.Random(n))) for n, one in enumerate(visitors[WRITERS:])]
    for number, one in enumerate(visitors[:WRITERS]):
        threads.append(threading.Thread(target=write, args=(one, f"{run}-{number}", mails, asked, confirmed)))
    for thread in threads:
        thread.start()
    killed: Counter[str] = Counter()
    ends = time.monotonic() + seconds
    next_kill = time.monotonic() + dice.uniform(*PAUSE)
    try:
        while time.monotonic() < ends:
            editor.work()
            time.sleep(0.25)
            if time.monotonic() < next_kill:
                continue
            role = dice.choice(["worker", "worker", "web", "web", "web", "web parent", "parent"])
            if pids := roles(server)[role]:
                signalled(dice.choice(pids), signal.SIGKILL)
                killed[role] += 1
                if role == "parent":
                    server = restart(server, environment)
            next_kill = time.monotonic() + dice.uniform(*PAUSE)
        server.ask("/")
        stop.set()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + SETTLE
        while any((left := waiting()).values()) and time.monotonic() < deadline:
            time.sleep(0.5)
        counts: Counter[str] = sum((one.counts for one in visitors), Counter())
        missing = dict(lost(run, editor, mails, asked, confirmed))
    finally:
        stop.set()
        server.stop()
    return {
        "seconds": seconds,
        "killed": dict(killed),
        "answers": dict(sorted(counts.items())),
        "error pages": [bad for one in visitors for bad in one.bad],
        "questions acknowledged": len(asked),
        "confirmations acknowledged": len(confirmed),
        "mails accepted": sum(mails.times.values()),
        "mails twice": sum(times - 1 for times in mails.times.values()),
        "titles changed": editor.number,
        "jobs enqueued": len(editor.jobs),
        "still waiting": left,
        "missing": {what: those for what, those in missing.items() if those},
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--data", type=Path, help="a folder that keeps the data for the next run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", type=Path, help="the folder of initdb and postgres")
    arguments = parser.parse_args()
    os.environ["POSTGRES"] = str(arguments.postgres or "")  # where `postgres` finds them
    with tempfile.TemporaryDirectory() as place, postgres() if arguments.postgres else nullcontext("") as database:
        found = run((arguments.data or Path(place)).resolve(), database, arguments.seconds, arguments.seed)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    sys.exit(bool(found["missing"] or found["error pages"] or any(found["still waiting"].values())))


if __name__ == "__main__":
    main()
