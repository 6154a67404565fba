"""What belongs together says the same: settings and .env.example, templates and their users, no outside hosts."""

import re
import subprocess
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "akademie"
TEMPLATES = sorted(path for path in HOUSE.rglob("templates/**/*") if path.is_file() and "migrations" not in path.parts)
# Loaded by packages under names that are theirs.
LOADED_BY_NAME = re.compile(r"^(wagtail\w*/|\d{3}(_csrf)?\.html$|ui/|core/forms/|django/)")
# Named, never loaded: namespaces, licences, and where links lead a reader to.
NAMED_HOSTS = {"www.w3.org", "creativecommons.org", "doi.org", "nbn-resolving.org", "schema.org", "www.govdata.de"}


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


def test_every_template_is_used():
    sources = [p.read_text(encoding="utf-8") for p in HOUSE.rglob("*.py")]
    sources += [p.read_text(encoding="utf-8") for p in TEMPLATES]
    text = "\n".join(sources)
    names = [name_of(path) for path in TEMPLATES]
    unused = [n for n in names if not LOADED_BY_NAME.match(n) and n not in text and n.rsplit(".", 1)[0] not in text]
    assert unused == []


def test_the_strict_engine_has_no_second_backend():
    assert [engine.name for engine in engines.all()] == ["django"]


def test_templates_and_scripts_load_nothing_from_outside():
    """An address of another host may be a link's target or a name, never something that a page loads."""
    loading = re.compile(r"""(?:src|srcset|action|@import|url\(|from)\s*=?\s*["'(]?\s*(?:https?:)?//([\w.-]+)""")
    wrong = []
    for path in [*TEMPLATES, *HOUSE.rglob("static/**/*.css"), *HOUSE.rglob("static/**/*.js")]:
        if path.suffix in (".html", ".css", ".js", ".svg"):
            for host in loading.findall(path.read_text(encoding="utf-8")):
                wrong.append(f"{name_of(path)}: {host}")
    assert wrong == []


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
