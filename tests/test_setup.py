"""The set-up: options and refusals of ./run, what the locks hold, what the fonts can write."""

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.browser import free_port

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ["sh", "dirname", "cat", "cmp", "cut", "mkdir", "rm", "tail", "grep"]


def run(*arguments: str, folder: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"PATH": path} if path else {})
    return subprocess.run(["./run", *arguments], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--port"], "Nach --port steht eine Zahl von 1 bis 65535."),
        (["--port", "zwei"], "Nach --port steht eine Zahl von 1 bis 65535."),
        (["--port=65536"], "Nach --port steht eine Zahl von 1 bis 65535."),
        (["--port", "999999999999"], "Nach --port steht eine Zahl von 1 bis 65535."),
        (["--data", ""], "Nach --data steht ein Ordner."),
        (["manage"], "Nach manage steht ein Befehl, zum Beispiel: ./run manage backup"),
        (["--restore"], "Nach --restore steht die Datei einer Sicherung."),
        (["--restore", "/gibt/es/nicht.zip"], "Diese Datei gibt es nicht: /gibt/es/nicht.zip"),
        (["--schnell"], "Das kennt ./run nicht: --schnell"),
    ],
)
def test_run_refuses_unknown_options_with_a_sentence(arguments, reason):
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{reason}\nHilfe: ./run --help\n")


def test_run_explains_itself():
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"^  (--\w[\w-]*)", done.stdout, re.MULTILINE) == [
        "--port", "--data", "--no-demo", "--restore",
    ]  # fmt: skip


def test_run_without_python_says_so_and_leaves_nothing(tmp_path):
    """In a folder with a space and an umlaut, with nothing on the PATH but the usual tools."""
    project, programs = tmp_path / "Über uns", tmp_path / "bin"
    shutil.copytree(ROOT / "setup", project / "setup", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "run", project)
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))
    done = run(folder=project, path=str(programs))
    assert (done.returncode, done.stderr) == (
        2,
        "Python 3.11 oder neuer fehlt. Debian und Ubuntu: apt-get install python3. macOS: brew install python3.\n",
    )
    made = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.parent.name != "setup")
    assert made == ["run", "setup"]


PUBLIC = {"SITE_URL": "https://akademie.example", "SECRET_KEY": "x" * 50, "EMAIL_HOST": "mail.example", "DEMO": "False"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY fehlt: Setzen Sie SECRET_KEY oder SECRET_KEY_FILE auf 50 zufällige Zeichen."),
        ({"SECRET_KEY": "kurz"}, "SECRET_KEY ist zu kurz: Setzen Sie mindestens 50 zufällige Zeichen."),
        (
            {"SECRET_KEY_FILE": "/gibt/es/nicht"},
            "Diese Datei nennen die Einstellungen, sie lässt sich aber nicht lesen: /gibt/es/nicht",
        ),
        ({"SITE_URL": "akademie"}, "SITE_URL muss aussehen wie https://akademie.example, nicht 'akademie'."),
        ({"SITE_URL": "http://akademie.example"}, "SITE_URL muss für andere Rechner mit https:// beginnen."),
        ({"DEMO": "True"}, "DEMO=True öffnet Beispielkonten für alle: nur mit einer SITE_URL auf diesem Rechner."),
        ({"DEMO": "ja"}, "DEMO muss True oder False sein, nicht 'ja'."),
        ({"DEBUG": "True"}, "DEBUG=True zeigt das Innere: nur mit einer SITE_URL auf diesem Rechner."),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT muss eine ganze Zahl sein, nicht 'smtp'."),
        (
            {"EMAIL_HOST": ""},
            "EMAIL_HOST fehlt: Zum Anmelden schickt die Akademie E-Mails über einen Mailserver.",
        ),
        (
            {"SECOND_FACTOR": "False"},
            "SECOND_FACTOR=False ist unsicher: nur mit einer SITE_URL auf diesem Rechner.",
        ),
        ({"OIDC_ISSUER": "http://konto.example"}, "OIDC_ISSUER muss für andere Rechner mit https:// beginnen."),
    ],
)
def test_unsafe_settings_stop_the_start_with_a_sentence(changed, reason):
    here = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=here | PUBLIC | changed, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{reason}\n")


LOCKS = ["requirements.lock", "requirements-dev.lock", "setup/requirements-node.lock", "setup/requirements-uv.lock"]


def start(folder: Path, port: int, *, limit: str = "", more: str = "") -> subprocess.CompletedProcess[str]:
    """Start with a data folder of its own; `limit` is a command of the shell before, `more` are further options."""
    secrets = ("SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in secrets}
    command = f'{limit}\nexec ./run --port {port} --data "$0" {more}'
    return subprocess.run(["sh", "-c", command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_taken_port_is_told_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start(tmp_path / "neu" / "Daten", port)
    assert (done.returncode, done.stdout) == (2, "")
    other = port % 65535 + 1
    assert done.stderr == f"Port {port} ist belegt. Wählen Sie einen anderen, zum Beispiel: ./run --port {other}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_told(tmp_path):
    folder = Path("/proc/akademie") if Path("/proc/self").exists() else tmp_path / "closed" / "Daten"
    (tmp_path / "closed").mkdir(mode=0o500)
    done = start(folder, free_port())
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"In den Datenordner {folder} lässt sich nicht schreiben. Wählen Sie einen anderen mit --data.\n"
    )


def test_a_disk_that_fills_up_leaves_no_half_made_academy(tmp_path):
    """No file may grow beyond 100 kB: for those who write it is as if the disk were full."""
    (tmp_path / "notizen.txt").write_text("lag schon da")
    done = start(tmp_path, free_port(), limit="ulimit -f 200")
    assert (done.returncode, done.stdout) == (2, "Datenbank wird eingerichtet …\n")
    assert done.stderr.splitlines()[-1].startswith(f"{tmp_path} nimmt nicht alles an, was geschrieben wird.")
    assert [path.name for path in tmp_path.iterdir()] == ["notizen.txt"]


def test_a_backup_that_is_none_leaves_nothing(tmp_path):
    (tmp_path / "brief.zip").write_text("Sehr geehrte Damen und Herren")
    done = start(tmp_path / "neu" / "Daten", free_port(), more=f"--restore '{tmp_path}/brief.zip'")
    assert (done.returncode, done.stderr.startswith("Die Datei brief.zip ist beschädigt")) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.zip"]


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_locks_name_no_address(name):
    assert re.findall(r"\w+://\S+", (ROOT / name).read_text(encoding="utf-8")) == []


def test_every_npm_package_is_hashed():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and not package["integrity"].startswith("sha512-")] == []


def test_lock_of_the_tests_holds_the_lock_of_the_site():
    """So that ./run never takes away what ./test has installed."""

    def pinned(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==[^\s;]+", text, re.MULTILINE))

    assert pinned("requirements.lock") - pinned("requirements-dev.lock") == set()


def test_fonts_write_every_name_of_a_town():
    with (ROOT / "data/municipalities.csv").open(encoding="utf-8") as file:
        letters = set("".join(row["name"] + (row["name_alt"] or "") for row in csv.DictReader(file)))
    fonts = sorted((ROOT / ".build/frontend/fonts").glob("*.woff2"))
    assert [font.stem for font in fonts] == ["bitter-600", "fira-sans-400", "fira-sans-600"]
    missing = {font.stem: sorted(letters - set(map(chr, TTFont(font).getBestCmap()))) for font in fonts}
    assert missing == {font.stem: [] for font in fonts}


def test_fonts_stay_light():
    """First visit: at most 100 kB on the wire, of which the fonts are the largest part."""
    assert sum(path.stat().st_size for path in (ROOT / ".build/frontend/fonts").iterdir()) < 47_000


RESTLESS = """
from pathlib import Path
import pytest

pytestmark = pytest.mark.browser

def test_restless():
    seen = Path(__file__).with_name("seen")
    again = seen.exists()
    seen.touch()
    assert again

def test_wrong():
    raise AssertionError

def test_right():
    pass
"""


@pytest.mark.slow
@pytest.mark.long
def test_what_fails_in_the_browser_has_a_second_chance_and_is_named(tmp_path):
    """A test that fails twice fails; one that passes then passes, but the summary names it."""
    path = tmp_path / "test_own.py"
    path.write_text(RESTLESS)
    code = f"import checks; r = checks.in_browser([{str(path)!r}]); print(r.passed, r.failed); print(*r.notes)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "setup", capture_output=True, text=True, check=True)
    counted, named = done.stdout.splitlines()[-2:]
    assert counted == "2 1"
    assert set(re.findall(r"::(\w+)", named)) == {"test_restless", "test_wrong"}
