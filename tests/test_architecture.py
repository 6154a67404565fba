"""The plan of the house, kept by a machine: what import-linter cannot see, access, sizes, names."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "akademie"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = next(contract for contract in CONTRACTS if contract["id"] == "floors")["layers"]
HEIGHT = {app.strip(): -n for n, floor in enumerate(FLOORS) for app in floor.split("|")}
# inside an app, from the top: a file may import only those after it
INNER = ["urls", "views", "wagtail_hooks", "contributions", "forms", "actions", "rules", "queries", "models"]
BESIDE = {"views", "wagtail_hooks", "contributions"}  # neighbours on one inner floor
MODULE_LINES, TEST_LINES = 400, 800
FORBIDDEN_NAMES = re.compile(r"utils?|helpers?|managers?|handlers?|services?|misc|common")
TEMPLATE_REFERENCE = re.compile(r"""\{%\s*(?:extends|include|url|static)\s+["'](\w+)[/:]""")
LOADED_TAGS = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}")
TAGS = {path.stem: path.parts[-3] for path in HOUSE.glob("*/templatetags/*.py")}
# In code: names of addresses and templates.
NAMING = "reverse|reverse_lazy|redirect|render|get_template|render_to_string"
CODE_REFERENCE = re.compile(rf"""(?:{NAMING})\(\s*(?:request,\s*)?["'](\w+)[:/]""")


def our_modules() -> Iterator[Path]:
    return (path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def may_use(upper: str, lower: str) -> bool:
    return upper == lower or not {upper, lower} <= HEIGHT.keys() or HEIGHT[upper] > HEIGHT[lower]


def test_every_app_has_a_floor_and_is_installed():
    folders = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert folders == HEIGHT.keys()
    assert {config.label for config in apps.get_app_configs() if config.name.startswith("akademie.")} == folders


def test_no_import_is_excused():
    assert [contract["name"] for contract in CONTRACTS if contract.get("ignore_imports")] == []


def test_foreign_keys_point_down():
    assert [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ] == []


def named_in_template(text: str) -> set[str]:
    """Apps whose templates, addresses, files or tags a template uses."""
    libraries = " ".join(LOADED_TAGS.findall(text)).split()
    return {*TEMPLATE_REFERENCE.findall(text), *(TAGS[name] for name in libraries if name in TAGS)}


def pointing_up(paths: Iterable[Path], named: Callable[[str], Iterable[str]]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} -> {app}"
        for path in paths
        for app in named(path.read_text(encoding="utf-8"))
        if not may_use(path.relative_to(HOUSE).parts[0], app)
    ]


def test_templates_point_down():
    sees = '{% load static towns %}{% include "search/x.html" %}{% url "people:y" %}{% static "cms/z.css" %}'
    assert named_in_template(sees) == {"towns", "search", "people", "cms"}
    assert pointing_up((path for path in HOUSE.rglob("templates/**/*") if path.is_file()), named_in_template) == []


def test_names_of_addresses_and_templates_in_code_point_down():
    code = [path for path in our_modules() if "tests" not in path.parts]
    assert CODE_REFERENCE.findall('reverse("a:b") render(\n    request, "c/d.html") redirect("/e/")') == ["a", "c"]
    assert pointing_up(code, CODE_REFERENCE.findall) == []


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_files_of_an_app_import_only_downwards():
    wrong = []
    for path in our_modules():
        app, *rest = path.relative_to(HOUSE).with_suffix("").parts
        if app == "core" or not rest or "tests" in rest or rest[0] not in INNER:
            continue
        for module in set(imports(path)):
            parts = module.split(".")
            if parts[:2] != ["akademie", app] or len(parts) < 3 or parts[2] not in INNER or parts[2] == rest[0]:
                continue
            if INNER.index(parts[2]) < INNER.index(rest[0]) or {parts[2], rest[0]} <= BESIDE:
                wrong.append(f"{app}.{rest[0]} -> {module}")
    assert sorted(wrong) == []


def test_modules_stay_small():
    def lines(path: Path) -> int:
        return path.read_text(encoding="utf-8").count("\n")

    def limit(path: Path) -> int:
        return TEST_LINES if "tests" in path.parts else MODULE_LINES

    paths = [*our_modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    assert [f"{path.relative_to(ROOT)}: {lines(path)}" for path in paths if lines(path) > limit(path)] == []


def test_no_module_has_a_name_that_says_nothing():
    names = {path.relative_to(ROOT): path.stem for path in our_modules()}
    assert [str(path) for path, name in names.items() if FORBIDDEN_NAMES.fullmatch(name)] == []


def our_views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if pattern.callback.__module__.startswith("akademie."):
                yield route, pattern.callback
        else:
            yield from our_views(pattern, route)


def test_every_view_declares_access():
    # Below its own address Wagtail asks everyone for the back office's permission, and each view for its model's.
    back_office = settings.BACK_OFFICE_PREFIX.lstrip("/")
    undeclared = [route for route, view in our_views() if not hasattr(view, "access")]
    assert [route for route in undeclared if not route.startswith(back_office)] == []


def glossary() -> list[tuple[str, str]]:
    """Rows of the glossary's table: German term and code name."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+?) \| `(\w+)` \|", text, re.MULTILINE)


def test_glossary_has_one_code_name_per_term_and_they_exist():
    rows = glossary()
    terms, names = [term for term, _ in rows], [name for _, name in rows]
    assert len(rows) > 20
    assert [term for term in terms if terms.count(term) > 1] == []
    assert [name for name in names if names.count(name) > 1] == []
    code = "\n".join(path.read_text(encoding="utf-8") for path in our_modules())
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


def test_every_model_is_in_the_glossary():
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("akademie.")}
    assert sorted(ours - {name for _, name in glossary()}) == []


def test_every_opening_is_explained():
    code = "".join(path.read_text(encoding="utf-8") for path in our_modules() if "tests" not in path.parts)
    openings = re.findall(r'^\w+ = ContributionPoint\("(\w+)"', code, re.MULTILINE)
    table = re.findall(r"^\| (`.+?`) \|", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(table))) == sorted(openings)


@pytest.mark.parametrize("app", sorted(HEIGHT))
def test_every_app_says_what_it_owns(app):
    docstring = ast.get_docstring(ast.parse((HOUSE / app / "__init__.py").read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring.split()) >= 10
