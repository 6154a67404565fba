"""What belongs together says the same: settings and .env.example, templates and their users, no outside hosts."""

import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "akademie"
TEMPLATES = sorted(path for path in HOUSE.rglob("templates/**/*") if path.is_file() and "migrations" not in path.parts)
# Loaded by packages under names that are theirs.
LOADED_BY_NAME = re.compile(r"^(wagtail\w*/|\d{3}(_csrf)?\.html$|django/)")
# The only hosts whose names stand in templates, styles and scripts: nothing is loaded from them.
NAMED_HOSTS = {
    "www.w3.org": "the namespace of SVG",
    "schemas.openxmlformats.org": "namespaces of Word files",
    "schemas.microsoft.com": "a setting of Word files",
    "purl.org": "the namespace of a Word file's title",
}


def name_of(path: Path) -> str:
    return path.as_posix().split("/templates/")[-1]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_env_example_names_exactly_what_the_settings_read():
    settings = (HOUSE / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""env(?:_bool|_int|_list)?\(\s*"([A-Z_]+)\"""", settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?\s?([A-Z_]+)=", example, re.MULTILINE)) == read


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path):
    if path.suffix in (".html", ".txt"):
        get_template(name_of(path))


def names_that_use(name: str) -> set[str]:
    """How the code may name a template: whole; a mail without ending, for it may have two; a component by its tag."""
    app, _, rest = name.partition("/")
    if app == "ui":
        return {f'{{% ui "{rest.removesuffix(".html")}"'}
    return {f"{quote}{name.removesuffix('.txt') if '/mail/' in name else name}{quote}" for quote in ("'", '"')}


def test_every_template_is_used():
    sources = [p for p in [*HOUSE.rglob("*.py"), *TEMPLATES] if "tests" not in p.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    names = [name_of(path) for path in TEMPLATES]
    assert [n for n in names if not LOADED_BY_NAME.match(n) and not any(u in text for u in names_that_use(n))] == []


def test_the_strict_engine_has_no_second_backend():
    assert [engine.name for engine in engines.all()] == ["django"]


def test_templates_styles_and_scripts_name_no_other_hosts():
    files = [*TEMPLATES, *(path for path in HOUSE.rglob("static/**/*") if path.suffix in (".css", ".js", ".svg"))]
    host = re.compile(r"//([\w-]+(?:\.[\w-]+)+)")
    found = {name: path.name for path in files for name in host.findall(path.read_text(encoding="utf-8"))}
    assert found.keys() == NAMED_HOSTS.keys(), found


def test_templates_have_no_inline_script_or_style():
    inline = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(\bsrc=|application/(ld\+)?json))", re.IGNORECASE)
    # A mail's HTML has no other way.
    html = [path for path in TEMPLATES if path.suffix == ".html" and not re.search(r"^wagtail|/mail/", name_of(path))]
    assert [name_of(path) for path in html if inline.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_of_others_is_in_the_repository():
    wrong = [p for p in tracked() if re.search(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot)$", p.name)]
    assert wrong == []


def test_locks_have_hashes_and_no_address():
    for lock in tracked("*.lock", "package-lock.json"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in re.sub(r'"(funding|url)":[^\n]*', "", text), lock.name
    for lock in tracked("requirements*.lock"):
        pins = re.findall(r"^[\w.\-\[\]]+==\S+.*$", lock.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(pins) > 5
        assert [pin for pin in pins if not pin.rstrip().endswith("\\")] == [], lock.name


def test_who_asks_for_no_database_reaches_none():
    """By this, conftest.py chooses what runs on PostgreSQL too."""
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
