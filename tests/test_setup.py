"""The set-up: options and refusals of ./run, what the locks hold, what the fonts can write."""

import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

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
    shutil.copytree(ROOT / "setup", project / "setup")
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
    assert made == [".build", ".build/setup.log", "run", "setup"]


LOCKS = ["requirements.lock", "requirements-dev.lock", "setup/requirements-node.lock", "setup/requirements-uv.lock"]


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
