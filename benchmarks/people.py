"""What 10,000 people cost: sign-in, directory, Mein Bereich, the desk, and the archive of somebody's own data.

    .venv/bin/python benchmarks/people.py [--people 10000] [--few 100] [--rounds 7]

Fills two throw-away databases (fixed seed) with accounts, memberships, profiles and what waits for the office: a few
people and many. Prints queries and CPU for both and their ratio, and the peak of memory while the archive of a small
and of a very large person is written. Ends with 1 when a page needs more queries with many people, or the large
archive clearly more memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DICE = random.Random(1)
HOST = "127.0.0.1"
ROWS, FILES, FILE_MB = 20_000, 10, 8  # of a very large person: rows of each kind, files and their size
MORE_MB = 8  # that the large archive may take: what copying files and reading rows in parts needs


# -- in a process of its own ------------------------------------------------------------------------------------------
def set_up(*data_sets: str) -> None:
    """Prepare Django and an empty database with these data sets."""
    sys.path.insert(0, str(ROOT))
    import django

    import akademie  # noqa: F401  (brings the repaired SQLite)

    django.setup()
    from django.core.management import call_command

    from akademie.core.contributions import reference_data

    call_command("migrate", verbosity=0)
    for data in reference_data:
        if data.key in data_sets:
            data.load(lambda sentence: None)


def fill(count: int) -> None:
    """Create people: each in a town, most with a profile, some of whom ask something or want to join."""
    from django.utils import timezone

    from akademie.accounts.models import Role, User
    from akademie.exchange.models import HelpRequest, HelpRequestState
    from akademie.people.models import Audience, Direction, Membership, MembershipState, Profile, ProfileTopic
    from akademie.topics.models import Topic
    from akademie.towns.models import Town

    now = timezone.now()
    topics = list(Topic.objects.values_list("pk", flat=True))
    towns = list(Town.objects.small_towns().order_by("pk").values_list("pk", flat=True)[:1000])
    User.objects.bulk_create(
        User(email=f"person-{number}@stadt.example", first_name=f"Vorname{number % 97}", last_name=f"Name{number}")
        for number in range(count)
    )
    User.objects.create_user("leitung@akademie.example", first_name="Lena", role=Role.LEAD)
    people = list(User.objects.filter(role=Role.PARTICIPANT).order_by("pk").values_list("pk", flat=True))
    asked = {"state": MembershipState.ASKED, "decided_at": None}
    confirmed = {"state": MembershipState.CONFIRMED, "decided_at": now}
    Membership.objects.bulk_create(
        Membership(user_id=pk, town_id=towns[place % len(towns)], function="Bauamt", **(confirmed if n % 50 else asked))
        for n, pk in enumerate(people)
        for place in DICE.sample(range(1000), 1 + n % 2)
    )
    audiences = list(Audience)
    Profile.objects.bulk_create(
        Profile(user_id=pk, about="Ich kümmere mich um den Marktplatz.", show_name=DICE.choice(audiences[1:]))
        for pk in people[: count * 9 // 10]
    )
    ProfileTopic.objects.bulk_create(
        ProfileTopic(profile_id=pk, topic_id=topic, direction=direction, position=position, sentence="Ein Satz dazu.")
        for pk in Profile.objects.order_by("pk").values_list("pk", flat=True)
        for direction in Direction
        for position, topic in enumerate(DICE.sample(topics, 2), 1)
    )
    HelpRequest.objects.bulk_create(
        HelpRequest(
            question=f"Wer hat Erfahrung mit Frage {pk}?", email=f"person-{pk}@stadt.example", user_id=pk,
            town_id=DICE.choice(towns), state=HelpRequestState.OPEN, confirmed_at=now - timedelta(days=pk % 9),
            digest=str(pk),
        )
        for pk in people[::20]
    )  # fmt: skip


def pages() -> dict[str, Callable[[int], Any]]:
    """Return what is measured, each a call that takes the number of the round."""
    from django.test import Client

    from akademie.accounts.models import User
    from akademie.core import stamps
    from akademie.core.models import OutgoingMail
    from akademie.core.outbox import text_of

    def browser(email: str = "") -> Client:
        client = Client(SERVER_NAME=HOST)
        if email:
            client.force_login(User.objects.get(email=email))
        return client

    guest, person, office = browser(), browser("person-7@stadt.example"), browser("leitung@akademie.example")

    def get(client: Client, path: str) -> Callable[[int], Any]:
        def call(_: int) -> None:
            assert client.get(path).status_code == 200, path

        return call

    def sign_in(number: int) -> None:
        client, email = browser(), f"person-{number + 10}@stadt.example"
        assert client.post("/anmelden/", {"email": email}).status_code == 200
        mail = OutgoingMail.objects.filter(address=email).latest("pk")
        (link,) = re.findall(r"https?://[^/\s]+(/anmelden/\S+)", text_of(mail))
        assert client.get(link).status_code == 200
        assert client.post(link).status_code == 302

    def after_a_change(_: int) -> None:
        stamps.bump("menschen")
        assert guest.get("/menschen/").status_code == 200

    topic = "leerstand"
    return {
        "sign-in by link": sign_in,
        "/menschen/, guest": get(guest, "/menschen/"),
        "/menschen/, signed in": get(person, "/menschen/"),
        "/menschen/ with a topic": get(person, f"/menschen/?hilft={topic}"),
        "/menschen/ with all filters": get(person, f"/menschen/?hilft={topic}&land=Brandenburg&art=kommune&seite=2"),
        "/menschen/ after a change": after_a_change,
        "/mein-bereich/": get(person, "/mein-bereich/"),
        "/konto/zugehoerigkeit/": get(person, "/konto/zugehoerigkeit/"),
        "/geschaeftsstelle/": get(office, "/geschaeftsstelle/"),
        "/geschaeftsstelle/zugehoerigkeiten/": get(office, "/geschaeftsstelle/zugehoerigkeiten/"),
        "/geschaeftsstelle/datenschutz/": get(office, "/geschaeftsstelle/datenschutz/"),
        "/geschaeftsstelle/protokoll/": get(office, "/geschaeftsstelle/protokoll/"),
    }


def measure_pages(count: int, rounds: int) -> dict[str, tuple[int, float]]:
    """Return queries and CPU in milliseconds (median) of each page, in a database of so many people."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "ANALYZE")
    found = {}
    for name, call in pages().items():
        call(0)  # fills what the process keeps
        with CaptureQueriesContext(connection) as captured:
            call(1)
        queries, times = len(captured), []
        for number in range(2, rounds + 2):
            begun = time.process_time()
            call(number)
            times.append((time.process_time() - begun) * 1000)
        found[name] = (queries, statistics.median(times))
    return found


def measure_archive(rows: int) -> float:
    """Return how many MB the process grows while it writes the archive of a person with so many rows of each kind."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.core.files.base import ContentFile
    from django.utils import timezone
    from wagtail.models import ModelLogEntry

    from akademie.accounts.models import User
    from akademie.core.contributions import Subject
    from akademie.core.models import MailState, OutgoingMail
    from akademie.exchange.models import HelpRequest, HelpRequestState
    from akademie.files.models import AcademyDocument
    from akademie.notifications.models import Notice
    from akademie.people.models import ContactRequest, ContactState
    from akademie.privacy.archive import write_archive

    now = timezone.now()
    person = User.objects.create_user("viel@stadt.example", first_name="Viel", last_name="Schreiberin")
    other = User.objects.create_user("andere@stadt.example")
    text = "Das ist ein Satz von der Länge, die Menschen schreiben. " * 8
    kind = ContentType.objects.get_for_model(User)
    made: list[tuple[Any, Callable[[int], Any]]] = [
        (ContactRequest, lambda n: ContactRequest(
            recipient=person, sender=other, sender_name="Andere", sender_email=other.email, text=text, digest=f"c{n}",
            state=ContactState.SENT, sent_at=now,
        )),
        (HelpRequest, lambda n: HelpRequest(
            question=text, email=person.email, user=person, digest=f"h{n}", state=HelpRequestState.ANSWERED,
            confirmed_at=now, done_at=now,
        )),
        (OutgoingMail, lambda n: OutgoingMail(
            address=person.email, subject=text[:200], source=text.encode(), state=MailState.FAILED,
        )),
        (Notice, lambda n: Notice(user=person, kind="people.joining_asked", text=text[:200], url="/", order=50)),
        (ModelLogEntry, lambda n: ModelLogEntry(
            content_type=kind, object_id=str(other.pk), label="Andere", action="wagtail.edit", user=person,
            timestamp=now, data={},
        )),
    ]  # fmt: skip
    for model, make in made:
        for begin in range(0, rows, 1000):
            model.objects.bulk_create([make(number) for number in range(begin, min(rows, begin + 1000))])
    size = FILE_MB * 1024 * 1024 if rows >= ROWS else 1024
    for number in range(FILES if rows >= ROWS else 1):
        AcademyDocument.objects.create(
            title=f"Satzung {number}", licence="eigenes Dokument", uploaded_by_user=person,
            file=ContentFile(DICE.randbytes(size), f"satzung-{number}.pdf"),
        )  # fmt: skip
    subject, folder = Subject(email=person.email, user=person), Path(settings.DATA_DIR)
    write_archive(folder / "warm.zip", Subject(email=other.email, user=other))  # loads what every archive needs
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = memory("VmRSS")
    write_archive(folder / "all.zip", subject)
    return memory("VmHWM") - before


def memory(name: str) -> float:
    """Return a figure of this process' memory in MB."""
    (kilobytes,) = re.findall(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(kilobytes) / 1024


# -- the whole --------------------------------------------------------------------------------------------------------
def apart(what: str, number: int, rounds: int) -> Any:
    """Measure in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ours = {"SECRET_KEY": "benchmark" * 8, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "akademie.settings"}
        command = [sys.executable, __file__, "--measure", what, "--people", str(number), "--rounds", str(rounds)]
        done = subprocess.run(command, env={**os.environ, **ours}, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--measure", choices=["pages", "archive"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        os.environ["SECOND_FACTOR"] = "False"
        pages_too = arguments.measure == "pages"
        set_up(*(("topics", "towns") if pages_too else ()))
        count = arguments.people
        print(json.dumps(measure_pages(count, arguments.rounds) if pages_too else measure_archive(count)))
        return
    few, many = (apart("pages", count, arguments.rounds) for count in (arguments.few, arguments.people))
    print(f"{'':38} {'queries':>15} {'CPU ms':>17} {'ratio':>6}")
    missed = []
    for name, (queries, cpu) in few.items():
        more, longer = many[name]
        print(f"{name:38} {queries:7} {more:7} {cpu:8.1f} {longer:8.1f} {longer / cpu:6.1f}")
        if more > queries:
            missed.append(f"{name}: {queries} queries with {arguments.few} people, {more} with {arguments.people}")
    small, large = (apart("archive", rows, 1) for rows in (3, ROWS))
    print("\narchive of one person, MB more at its peak:")
    print(f"3 rows of each kind {small:.1f}, {ROWS} rows of each kind and {FILES * FILE_MB} MB of files {large:.1f}")
    if large > small + MORE_MB:
        missed.append(f"the large archive takes {large:.1f} MB, the small one {small:.1f} MB")
    print("\n".join(missed) or "nothing missed")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
