"""One parent for web server and background worker.

It takes the port and the data folder, has everything prepared by a process of its own (a first start fills 100 MB
that nobody needs later), warms what all need, and then forks: the worker, and gunicorn with its own processes. What
is loaded before the fork is shared by all of them, which saves 150 MB. The parent stays without threads and database
connections, so that it can fork again when a child dies; it ends its children when it is told to, and on Linux they
end with it even when it is killed.
"""

import ctypes
import gc
import logging
import os
import pickle
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from akademie.core import errors, memory
from akademie.core.contributions import about_to_end, about_to_fork, start_notes
from akademie.core.ground import NotStarted, beginning, expect_room, open_port, refusal
from akademie.core.preparation import Say, prepare
from akademie.core.staticfiles import read_names_again
from akademie.core.warming import Application, pages_to_warm, warm
from akademie.core.worker import run_worker

log = logging.getLogger(__name__)
LOOK = 0.2  # seconds between two looks at the children
SHORT_LIFE = 10  # seconds; a child that dies earlier is started again later each time
LONGEST_PAUSE = 60
THREADS_END = 1.0  # seconds that threads have for their end before the fork
PATIENCE = 8  # seconds that the children have for their end
PR_SET_PDEATHSIG = 1
LONGEST_LINE = 8190  # bytes of method, address and version; gunicorn's own maximum
UNREADABLE = {LimitRequestLine: 414, LimitRequestHeaders: 431}
REST = 1.0  # seconds that a sender has to hear the answer to what was too long


def serve(host: str, port: int, *, processes: int, threads: int, say: Say) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; `NotStarted` when the start is not possible."""
    refuse_strangers(host)
    with beginning(settings.DATA_DIR) as claim:
        listener = open_port(host, port)
        expect_room(settings.DATA_DIR)
        apart(lambda: prepare(say))
        read_names_again()
    with listener:
        gc.disable()  # what is built now stays
        lines = [f"Die Akademie läuft: {settings.SITE_URL}/", *(line for note in start_notes for line in note.lines())]
        application = get_wsgi_application()
        warm(application, pages_to_warm())
        about_to_fork.send(sender=None)
        connections.close_all()
        gc.collect()
        warn_of_threads()
        gc.freeze()  # or the children's collector would copy every page that it looks at
        gc.enable()
        memory.give_back()  # 10 MB that no child needs
        memory.share_heaps()

        def work() -> None:
            listener.close()
            try:
                run_worker(say)
            except NotStarted as reason:
                say(str(reason))
                sys.exit(1)

        def answer() -> None:
            WebServer(application, listener, processes, threads).run()

        Parent([Child("Hintergrunddienst", work), Child("Webserver", answer)], say).run(lines)
    claim.close()
    say("Beendet.")


def refuse_strangers(host: str) -> None:
    """Raise `NotStarted` when other machines could ask a place that opens its doors to whoever asks."""
    if host in ("localhost", "127.0.0.1", "::1"):
        return
    for open_door, name in ((settings.DEMO, "DEMO=True"), (settings.DEBUG, "DEBUG=True")):
        if open_door:
            raise NotStarted(
                f"Mit {name} ist die Akademie nur für diesen Rechner da. Starten Sie ohne --host oder ohne {name}."
            )


def warn_of_threads() -> None:
    """Say so when something started a thread: a lock that it holds would stay locked in every child. Linux only."""
    tasks = Path("/proc/self/task")
    deadline = time.monotonic() + THREADS_END
    while tasks.is_dir() and len(list(tasks.iterdir())) > 1 and time.monotonic() < deadline:
        time.sleep(0.02)  # a thread that was told to end takes a moment
    if tasks.is_dir() and (threads := len(list(tasks.iterdir()))) > 1:
        log.warning("%s threads before the fork: something must start its own later, on first use", threads)


class Worker(ThreadWorker):
    """gunicorn's worker with our pages, in German, for what is too long to become a request."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what is too long; leave the rest, which no browser sends, to gunicorn."""
        status = UNREADABLE.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        page = errors.plain(status)
        headers = {"Content-Type": page["Content-Type"], "Content-Length": len(page.content), "Connection": "close"}
        lines = [f"HTTP/1.1 {status} {page.reason_phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        try:
            client.sendall("\r\n".join([*lines, "", ""]).encode() + page.content)
            client.shutdown(socket.SHUT_WR)
            client.settimeout(REST)
            # Read what is still coming: to close with bytes unread would cut off the answer too.
            deadline = time.monotonic() + REST
            while time.monotonic() < deadline and client.recv(65536):
                pass
        except OSError:
            log.debug("Nobody waited for the answer to a request that was too long")


class WebServer(BaseApplication):
    """gunicorn on a socket that is open already."""

    def __init__(self, application: Application, listener: socket.socket, processes: int, threads: int):
        self.application, self.listener = application, listener
        self.processes, self.threads = processes, threads
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its options."""
        options = {
            "bind": f"fd://{self.listener.fileno()}",
            "workers": self.processes,
            "threads": self.threads,
            "worker_class": Worker,
            "limit_request_line": LONGEST_LINE,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 5,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_fork": lambda arbiter, _: end_with(arbiter.pid),
            "worker_exit": lambda arbiter, worker: about_to_end.send(sender=None),
        }
        if os.access("/dev/shm", os.W_OK):  # noqa: S108  (gunicorn's sign of life must not wait for a disk)
            options["worker_tmp_dir"] = "/dev/shm"  # noqa: S108
        for name, value in options.items():
            self.cfg.set(name, value)
        # Django answers HEAD like GET and leaves it to the server to drop the body; not worth a warning each time.
        logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)

    def load(self) -> Application:
        """Return the application, which the parent has loaded."""
        return self.application


@dataclass
class Child:
    """A process that the parent keeps alive."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    born: float = 0
    pause: int = 0  # seconds before the next start
    next_start: float = 0


class Parent:
    """Starts the children, starts them again when they die, ends them when it is told to."""

    def __init__(self, children: list[Child], say: Say) -> None:
        self.children, self.say = children, say
        self.told_to_stop = 0

    def run(self, lines: Iterable[str] = ()) -> None:
        """Keep the children alive until a signal comes; says the lines once they run."""
        for number in _stop_signals():
            signal.signal(number, self._stop)
        for child in self.children:
            self._start(child)
        for line in lines:
            self.say(line)
        while not self.told_to_stop:
            self._look()
            time.sleep(LOOK)
        self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop += 1

    def _start(self, child: Child) -> None:
        child.born = time.monotonic()
        child.pid = fork(child.run)

    def _look(self) -> None:
        for child in self.children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.pid = 0
                lived = time.monotonic() - child.born
                child.pause = min(LONGEST_PAUSE, max(1, child.pause * 2)) if lived < SHORT_LIFE else 0
                child.next_start = time.monotonic() + child.pause
                again = f"in {child.pause} s" if child.pause else "gleich"
                self.say(f"{child.name} ist abgebrochen und wird {again} neu gestartet.")
            if not child.pid and time.monotonic() >= child.next_start:
                self._start(child)

    def _end(self) -> None:
        self.say("Wird beendet …")
        for child in self.children:
            _signal(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while any(child.pid for child in self.children):
            for child in self.children:
                if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                    child.pid = 0
                elif time.monotonic() > deadline or self.told_to_stop > 1:
                    _signal(child.pid, signal.SIGKILL)
            time.sleep(0.05)


def _signal(pid: int, number: int) -> None:
    if pid:  # never 0: that would be our whole process group
        os.kill(pid, number)


def _stop_signals() -> list[signal.Signals]:
    """What ends us: also the end of the terminal, unless `nohup` said that it shall not."""
    hangup = [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
    return [signal.SIGTERM, signal.SIGINT, *hangup]


def apart(run: Callable[[], None]) -> None:
    """Run this in a process of its own, whose memory goes with it; raise here what it raises there."""
    reading, writing = os.pipe()

    def tell() -> None:
        os.close(reading)
        try:
            run()
        except Exception as error:
            told = refusal(error, settings.DATA_DIR) or error
            told.add_note(traceback.format_exc())
            with open(writing, "wb", closefd=False) as pipe:
                pipe.write(_pickled(told))
            sys.exit(1)
        finally:
            connections.close_all()

    connections.close_all()
    pid = fork(tell)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(pid, 0)
    if told:
        raise pickle.loads(told)  # noqa: S301  (from our own child)
    if status:
        raise NotStarted("Die Vorbereitung wurde abgebrochen. Starten Sie noch einmal.")


def _pickled(error: Exception) -> bytes:
    """Return an error as bytes from which it can be made again; its sentence alone where it cannot."""
    try:
        told = pickle.dumps(error)
        pickle.loads(told)  # noqa: S301  (our own)
    except Exception:
        sys.stderr.write("".join(error.__notes__))  # the traceback
        return pickle.dumps(NotStarted(f"Der Start ist nicht möglich: {type(error).__name__}: {error}"))
    return told


def fork(run: Callable[[], None]) -> int:
    """Run this in a child process and return its number."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    _be_child(parent, run)


def _be_child(parent: int, run: Callable[[], None]) -> NoReturn:
    status: Any = 1
    try:
        end_with(parent)
        for number in _stop_signals():
            signal.signal(number, signal.SIG_DFL)
        run()
        status = 0
    except SystemExit as leave:
        status = leave.code
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)


def end_with(parent: int) -> None:
    """Have this process end when its parent does, however that ends. Linux only; elsewhere nothing happens."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended in the meantime
        os._exit(1)
