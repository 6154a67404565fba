"""Servers that the benchmarks start: their processes, CPU and memory as the kernel counts them, and their data."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = ("-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "--preload", "--log-level", "error")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Process:
    """A process of a server and its memory in MB: alone (rss), and with its share of what is shared (pss)."""

    pid: int
    parent: int
    rss: float
    pss: float


class Server:
    """A server in a process group of its own, and what the kernel says about its processes."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str], port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise SystemExit(f"{command[-1]} did not start")

    def pids(self) -> Iterator[tuple[int, int]]:
        """Yield number and parent of this server's processes."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                _state, parent, group, *_rest = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # ended in the meantime
            if int(group) == self.process.pid:
                yield int(stat.parent.name), int(parent)

    def cpu(self) -> float:
        """CPU seconds of all processes of this server so far."""
        # Linux makes the number of a process' CPU clock of its pid: exact, where /proc counts hundredths of a second.
        return sum(time.clock_gettime(~pid << 3 | 2) for pid, _parent in self.pids())

    def memory(self) -> list[Process]:
        """Memory of each process."""
        found = []
        for pid, parent in self.pids():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
            kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
            found.append(Process(pid, parent, kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024))
        return found

    def ask(self, path: str, times: int = 1) -> tuple[float, str]:
        """Ask a page over one connection; return CPU milliseconds per request, and the page."""
        before = self.cpu()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)  # a first start may have to load data
        for _ in range(times):
            connection.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}")
        connection.close()
        return (self.cpu() - before) / times * 1000, body.decode()

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def environment_of(folder: Path, items: int) -> dict[str, str]:
    """Fill a data folder, unless it is, and return the environment of the product."""
    environment = {
        "SECRET_KEY": "benchmark" * 8,
        "DATA_DIR": str(folder),
        "SITE_URL": "http://127.0.0.1:8000",
        "DEMO": "False",
        "FORM_SECONDS": "0",
        "PYTHONPATH": str(ROOT),
    }
    filled = folder / "filled"
    if not filled.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, str(ROOT / "benchmarks" / "fill.py"), str(items)]
        subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=ROOT)
        filled.touch()
    return environment


def academy(environment: dict[str, str], port: int = 0) -> Server:
    """Start the academy as `./run` does, with two web processes."""
    port = port or free_port()
    return Server(["manage.py", "serve", "--port", str(port), "--processes", "2"], ROOT, environment, port)


def yardstick(bare: Path, folder: Path, items: int) -> Server:
    """Start the bare Django page with as many rows, on the same server software."""
    port = free_port()
    environment = {
        "BARE_ITEMS": str(items),
        "BARE_DB": str(folder / f"bare-{items}.sqlite3"),
        "PYTHONPATH": str(bare.parent),
    }
    return Server([*GUNICORN, "-b", f"127.0.0.1:{port}", "bare:application"], folder, environment, port)


def run(about: str | None, count: str, default: int, measure: Callable[..., Any], show: Callable[[Any], None]) -> None:
    """Read the options that the benchmarks share, measure beside the yardstick, print the table or JSON."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", type=Path, required=True, help="the yardstick, a file bare.py")
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument(f"--{count}", type=int, default=default)
    parser.add_argument("--data", type=Path, help="a folder that keeps the filled database")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = (arguments.data or Path(place)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(arguments.bare.resolve(), folder, arguments.items, getattr(arguments, count))
    if arguments.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)
