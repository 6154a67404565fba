"""A mix of pages as visitors ask for them, at 1 and at 16 connections: requests a second, CPU, waiting time and memory.

    .venv/bin/python benchmarks/load.py --bare PATH/bare.py [--items 2000] [--requests 1500] [--data FOLDER] [--json]

The academy runs as `./run` starts it (two web processes and the worker), the yardstick is the list of a bare Django
page on the same software. Connections are kept open. CPU is what the kernel counts for all processes of a server; other
work on the machine disturbs its ratio to the bare list little, requests a second and waiting times much. Memory is that
of all processes after the load, each with its share of what they share (PSS).
"""

import random
import re
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from servers import Server, academy, environment_of, run, yardstick

CONNECTIONS = (1, 16)
ASK = "/austausch/frage/"
# address → how many of hundred requests
MIX = {
    "/": 14,
    "/bibliothek/": 8,
    "/bibliothek/?thema=leerstand&seite=2": 6,
    "/bibliothek/muster-7/": 12,
    "/praxis/": 8,
    "/praxis/muster-7/": 12,
    "/staedte/": 4,
    "/staedte/12070424/": 8,
    "/formate/lernwerkstatt/": 5,
    "/themen/leerstand/": 7,
    "/suche/?q=leerstand+innenstadt": 8,
    "/wegweiser/?q=Leerstand+in+der+Innenstadt%2C+kein+Geld": 5,
    "/api/v1/bibliothek/": 2,
    ASK: 1,  # the form, and a question sent with it
}


class Client:
    """One connection with its share of the requests."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.number, self.sent = number, 0
        self.times: list[float] = []
        self.errors: Counter[str] = Counter()

    def ask(self, path: str, form: dict[str, str] | None = None, cookie: str = "") -> tuple[str, str]:
        """Ask once and note how long it took; return page and cookies."""
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        headers["X-Forwarded-For"] = f"2001:db8:{self.number:x}:{self.sent:x}::1"  # many senders: questions are limited
        began = time.perf_counter()
        try:
            self.connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
            answer = self.connection.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.errors[type(error).__name__] += 1
            self.connection.close()
            return "", ""
        self.times.append(time.perf_counter() - began)
        if answer.status >= 400:
            self.errors[str(answer.status)] += 1
        return page, "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])

    def run(self, paths: list[str]) -> None:
        """Ask for the pages in turn; the form of a question is sent too."""
        for path in paths:
            self.sent += 1
            page, cookie = self.ask(path)
            if path == ASK and (token := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)):
                address = f"last{self.number}-{self.sent}@example.org"
                question = f"Frage {self.sent} von {self.number}: Wie beginnen wir damit?"
                form = {"question": question, "email": address, "csrfmiddlewaretoken": token[1]}
                self.ask(path, form, cookie)
        self.connection.close()


def load(server: Server, paths: list[str], connections: int) -> dict[str, Any]:
    """Ask for the pages over so many connections at once and return what it took."""
    clients = [Client(server.port, number) for number in range(connections)]
    shares = [paths[number::connections] for number in range(connections)]
    threads = [threading.Thread(target=one.run, args=(share,)) for one, share in zip(clients, shares, strict=True)]
    cpu, began = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - began, server.cpu() - cpu
    times = sorted(one for client in clients for one in client.times)
    errors: Counter[str] = sum((client.errors for client in clients), Counter())
    found = {"connections": connections, "requests": len(times), "per_second": round(len(times) / took, 1)}
    for share in (50, 95, 99):
        found[f"p{share}_ms"] = round(times[min(len(times) - 1, len(times) * share // 100)] * 1000, 1)
    return {**found, "cpu_ms": round(cpu / len(times) * 1000, 2), "errors": dict(errors)}


def measure(bare: Path, folder: Path, items: int, requests: int) -> list[dict[str, Any]]:
    """Return a row per number of connections, with the yardstick's figures beside."""
    environment = {**environment_of(folder / f"items-{items}", items), "BEHIND_PROXY": "True"}
    paths = random.Random(1).choices(list(MIX), list(MIX.values()), k=requests)
    servers: list[Server] = []
    rows = []
    try:
        servers += [academy(environment), yardstick(bare, folder, items)]
        for server, warming in zip(servers, (list(MIX) * 6, ["/"] * 60), strict=True):
            load(server, warming, 4)
        for connections in CONNECTIONS:
            row = load(servers[0], paths, connections)
            row["bare"] = load(servers[1], ["/"] * requests, connections)
            row["ratio"] = round(row["cpu_ms"] / row["bare"]["cpu_ms"], 2)
            for one, server in ((row, servers[0]), (row["bare"], servers[1])):
                one["memory_mb"] = round(sum(process.pss for process in server.memory()))
            rows.append(row)
    finally:
        for server in servers:
            server.stop()
    return rows


def show(rows: list[dict[str, Any]]) -> None:
    """Print the table."""
    names = ("connections", "requests/s", "CPU ms", "ratio", "p50 ms", "p95", "p99", "MB")
    print("".join(f"{name:>12}" for name in names), " errors")
    for row in rows:
        for one, ratio in ((row, row["ratio"]), (row["bare"], "bare")):
            cells = [one["connections"], one["per_second"], one["cpu_ms"], ratio]
            cells += [one[name] for name in ("p50_ms", "p95_ms", "p99_ms", "memory_mb")]
            print("".join(f"{cell:>12}" for cell in cells), "", one["errors"] or "none")


def main() -> None:
    """Measure and print."""
    run(__doc__, "requests", 1500, measure, show)


if __name__ == "__main__":
    main()
