"""A plain `./run` is a demo only where nobody is at home: an academy that was set up or restored gets no demo data."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as real_settings

from akademie.accounts.models import User
from akademie.accounts.queries import DEMO_ADDRESSES
from akademie.core import preparation
from akademie.core.actions import load_data_sets
from akademie.core.contributions import demo_data, reference_data
from akademie.core.models import LoadedDataSet
from akademie.core.tests.running_worker import environment
from tests.browser import free_port


@pytest.mark.django_db
def test_only_an_empty_place_or_a_demo_may_be_a_demo() -> None:
    assert preparation.may_be_demo() is True
    load_data_sets(demo_data, lambda _: None)
    assert preparation.may_be_demo() is True  # also in its next start, and after its restore
    User.objects.create_user("anna@stadt.example")
    assert preparation.may_be_demo() is True  # who tries the demo out with an address of her own does not end it
    for data_set in demo_data:
        data_set.remove.run()
    assert preparation.may_be_demo() is False


@pytest.mark.django_db
def test_nothing_is_loaded_into_an_academy_that_is_no_demo(settings) -> None:
    settings.DEMO = True
    User.objects.create_user("anna@stadt.example")
    with pytest.raises(preparation.NoDemoHere):
        preparation.prepare(lambda _: None)
    assert list(LoadedDataSet.objects.all()) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_start_with_demo_goes_on_without_it_and_says_so(tmp_path: Path) -> None:
    """The start of `./run` as it is, on an academy with one real account and its data loaded."""
    User.objects.create_user("anna@stadt.example")
    for data_set in reference_data:
        LoadedDataSet.objects.update_or_create(key=data_set.key, defaults={"version": data_set.version()})
    port = free_port()
    address = {"SITE_URL": f"http://127.0.0.1:{port}", "DEMO": "True"}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--processes", "1"], cwd=real_settings.BASE_DIR,
        env=environment(tmp_path, **address), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said = []
    try:
        for line in server.stdout:
            said.append(line.strip())
            if line.startswith("Die Akademie läuft"):
                break
    finally:
        server.terminate()
        rest = server.communicate(timeout=20)[0].splitlines()
    assert said[0] == "Hier liegt eine eingerichtete Akademie. Sie startet ohne Beispielpersonen und -daten."
    assert said[-1] == f"Die Akademie läuft: {address['SITE_URL']}/"
    assert [line for line in rest if "Probe-Person" in line] == []  # nobody is offered to sign in as one
    assert User.objects.filter(email__in=DEMO_ADDRESSES).count() == 0
