"""What the manuals say can be done as it stands there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "docs" / "operations.md"
MANUALS = [OPERATIONS, *sorted((ROOT / "docs" / "handbuch").rglob("*.md")), ROOT / "README.md"]
CALL = re.compile(
    r"(?:^|[`&\s])(?:\./run[^`\n|&]*? manage|akademie|manage\.py) ([a-z_]+)((?: [^`\n|&]+)?)", re.MULTILINE
)
RUN = re.compile(r"(?:^|[`\s])\./run((?: [^`\n|&#]+)?)", re.MULTILINE)
TRIED = re.compile(r"<!-- ausprobiert -->\n\n((?:    .+\n)+)")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def options(words: str) -> list[str]:
    return re.findall(r"(?<=\s)--[a-z][a-z-]*", words)


def commands() -> list[tuple[str, str, str]]:
    """Return every command that a manual names: manual, command, what follows it."""
    lines = [(path, line) for path in MANUALS for line in text_of(path).splitlines()]
    code = [
        (path, part) for path, line in lines for part in ([line] if line[:4] == "    " else re.findall("`[^`]+`", line))
    ]
    spoken = [(path.name, re.sub(r"(?:systemctl|journalctl) [^&`]*", "", part)) for path, part in code]
    return [(name, *found) for name, part in spoken for found in CALL.findall(part)]


def test_every_command_and_option_of_the_manuals_exists():
    known, wrong = get_commands(), []
    found = commands()
    for manual, command, words in found:
        if command not in known:
            wrong.append(f"{manual}: {command}")
            continue
        app = known[command]
        parser = (load_command_class(app, command) if isinstance(app, str) else app).create_parser("manage.py", command)
        names = {name for action in parser._actions for name in action.option_strings}
        wrong += [f"{manual}: {command} {option}" for option in options(words) if option not in names]
    assert wrong == []
    assert {"first_run", "sign_in_link", "remove_demo", "backup", "restore", "preflight"} <= {
        name for _, name, _ in found
    }


def test_every_option_of_run_exists():
    usage = subprocess.run(["./run", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = {
        option
        for path in MANUALS
        for words in RUN.findall(text_of(path))
        for option in options(words.split(" manage")[0])
    }
    assert sorted(named - set(options(usage)) - {"--help"}) == []
    assert "--no-demo" in named


def test_every_link_within_the_manuals_leads_somewhere():
    wrong = []
    for path in MANUALS:
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text_of(path)):
            name, _, anchor = target.partition("#")
            other = path.parent / name if name else path
            headings = re.findall(r"^#+ (.+)$", text_of(other), re.MULTILINE) if other.suffix == ".md" else []
            anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if not other.exists() or (anchor and anchor not in anchors):
                wrong.append(f"{path.name}: {target}")
    assert wrong == []


def test_deploy_names_only_settings_that_exist():
    known = set(re.findall(r"^#?\s?([A-Z_]+)=", text_of(ROOT / ".env.example"), re.MULTILINE))
    named = re.findall(
        r"^(?:# )?([A-Z_]+?)(?:_FILE)?=", text_of(ROOT / "deploy" / "akademie.env.example"), re.MULTILINE
    )
    assert sorted(set(named) - known) == []
    assert "EMAIL_HOST" in named


def test_deploy_and_manual_name_files_that_exist():
    named = {name for path in MANUALS for name in re.findall(r"(?<=deploy/)[\w.]+\w", text_of(path))}
    made = {"akademie.env", "secrets"}  # by whoever runs the academy; never in git nor in an image
    assert sorted(name for name in named - made if not (ROOT / "deploy" / name).exists()) == []
    assert len(named - made) >= 6
    for ignored in (".gitignore", ".containerignore"):
        lines = {line.strip("/") for line in text_of(ROOT / ignored).splitlines()}
        assert {f"deploy/{name}" for name in made} <= lines


@pytest.mark.slow
@pytest.mark.long
def test_what_is_marked_as_tried_works(tmp_path):
    """The blocks run one after the other in the project's folder, on an installation of their own."""
    names = ("DATABASE_URL", "EMAIL_", "SECRET_KEY", "SITE_URL", "DEMO", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    environment |= {"DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "akademie.settings"}

    def sh(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
        )

    if "MIGRATED_SQLITE" in os.environ:  # as for the other tests, by setup/checks.py
        (tmp_path / "data").mkdir()
        shutil.copyfile(os.environ["MIGRATED_SQLITE"], tmp_path / "data" / "db.sqlite3")
    assert sh("./run --no-demo manage migrate --verbosity 0").returncode == 0
    blocks = TRIED.findall(text_of(OPERATIONS))
    said = []
    for block in blocks:
        done = sh(block)
        assert (done.returncode, done.stderr if done.returncode else "") == (0, ""), block
        said.append(done.stdout.split()[0])
    assert len(blocks) == 3
    assert [re.sub(r"(?<=/)[^/]+/$", "…/", word) for word in said] == [
        "http://localhost:8000/geschaeftsstelle/einrichten/…/", "Von", "http://localhost:8000/anmelden/…/",
    ]  # fmt: skip
