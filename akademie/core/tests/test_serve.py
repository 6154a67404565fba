import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from akademie.core import serve
from akademie.core.ground import NotStarted

FAMILY = """
import signal, sys, time
import django
django.setup()
from akademie.core.serve import Child, Parent
def live():
    while True:
        time.sleep(60)
Parent([Child("Erstes", live), Child("Zweites", live)], lambda line: print(line, flush=True)).run(["bereit"])
"""


APART = """
import os
import django
django.setup()
from akademie.core.serve import NotStarted, apart
kept = []
apart(lambda: kept.append(1))
assert kept == [], "the memory of the other process is gone"
def full():
    try:
        raise OSError(28, "No space left on device")
    except OSError as error:
        raise RuntimeError("wrapped") from error
def odd():
    raise ValueError("odd")
class Special(Exception):
    def __init__(self, *, number):
        super().__init__(f"number {number}")
def special():
    raise Special(number=7)
for run in (full, odd, special, lambda: os.kill(os.getpid(), 9)):
    try:
        apart(run)
    except (NotStarted, ValueError) as error:
        print(type(error).__name__, error, bool(getattr(error, "__notes__", ())), flush=True)
"""


@pytest.mark.slow
def test_what_is_prepared_apart_leaves_no_memory_and_says_what_went_wrong(tmp_path):
    own = {"DJANGO_SETTINGS_MODULE": "akademie.settings", "DATA_DIR": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", APART], env=os.environ | own, capture_output=True, text=True)
    assert (said.returncode, "Special: number 7" in said.stderr.splitlines(), said.stdout.splitlines()) == (
        0,
        True,  # with its traceback, which no sentence has
        [
            f"NotStarted Der Datenträger ist voll: {tmp_path}. Schaffen Sie Platz und starten Sie noch einmal. True",
            "ValueError odd True",
            "NotStarted Der Start ist nicht möglich: Special: number 7 False",
            "NotStarted Die Vorbereitung wurde abgebrochen. Starten Sie noch einmal. False",
        ],
    )


@pytest.fixture
def family():
    """A parent with two children, as processes of their own."""
    parent = subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE, text=True)
    assert parent.stdout.readline() == "bereit\n"
    yield parent
    parent.kill()
    parent.wait()
    parent.stdout.close()


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(child) for child in listed.split() if Path(f"/proc/{child}/exe").exists()]


def gone(pids: list[int]) -> bool:
    for _ in range(50):
        if not any(Path(f"/proc/{pid}/exe").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@pytest.mark.parametrize("door", ["DEMO", "DEBUG"])
def test_a_place_with_open_doors_is_for_this_machine_alone(settings, door):
    settings.DEMO = settings.DEBUG = False
    serve.refuse_strangers("0.0.0.0")
    setattr(settings, door, True)
    serve.refuse_strangers("127.0.0.1")
    with pytest.raises(NotStarted, match=f"ohne --host oder ohne {door}=True"):
        serve.refuse_strangers("0.0.0.0")


@linux
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_parent_ends_its_children(family, number):
    both = children(family.pid)
    assert len(both) == 2
    family.send_signal(number)
    assert (family.wait(10), family.stdout.read(), gone(both)) == (0, "Wird beendet …\n", True)


@linux
@pytest.mark.slow
def test_children_end_with_a_parent_that_is_killed(family):
    both = children(family.pid)
    family.kill()
    family.wait()
    assert gone(both)


@linux
@pytest.mark.slow
def test_parent_starts_a_dead_child_again(family):
    before = children(family.pid)
    os.kill(before[0], signal.SIGKILL)
    assert family.stdout.readline() == "Erstes ist abgebrochen und wird in 1 s neu gestartet.\n"
    for _ in range(50):
        after = children(family.pid)
        if len(after) == 2:
            break
        time.sleep(0.1)
    assert len(after) == 2
    assert before[0] not in after
    assert before[1] in after


@linux
def test_a_thread_before_the_fork_is_reported(caplog):
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    serve.warn_of_threads()
    stop.set()
    thread.join()
    wanted = "threads before the fork: something must start its own later, on first use"
    assert [record.getMessage().partition(" ")[2] for record in caplog.records] == [wanted]


WEB_SERVER = """
import django
django.setup()
from akademie.core import serve
from akademie.core.ground import open_port
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"da"]
with open_port("127.0.0.1", 0) as listener:
    print(listener.getsockname()[1], flush=True)
    serve.WebServer(application, listener, 1, 2).run()
"""


@pytest.fixture(scope="module")
def port():
    """The port of a web server in a process of its own."""
    server = subprocess.Popen([sys.executable, "-c", WEB_SERVER], stdout=subprocess.PIPE, text=True)
    yield int(server.stdout.readline())
    server.terminate()
    server.wait(10)
    server.stdout.close()


def asked(port: int, path: str, headers: str = "") -> tuple[str, str]:
    """Send a request as a browser does and return the first line of the answer and its heading."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    found = re.search("<h1>(.*?)</h1>", answer)
    return answer.split("\r\n", 1)[0], found[1] if found else ""


@pytest.mark.slow
def test_what_is_too_long_to_become_a_request_is_answered_in_german(port):
    assert asked(port, "/suche/?q=" + "x" * 8000) == ("HTTP/1.1 200 OK", "")
    # Far longer than what the server reads at once: the answer arrives all the same.
    for length in (8200, 10_000, 300_000):
        assert asked(port, "/suche/?q=" + "x" * length) == (
            "HTTP/1.1 414 Request-URI Too Long",
            "Das ist zu lang für eine Adresse",
        )
    assert asked(port, "/", f"Cookie: a={'x' * 9000}\r\n") == (
        "HTTP/1.1 431 Request Header Fields Too Large",
        "Ihr Browser schickt zu viel mit",
    )
