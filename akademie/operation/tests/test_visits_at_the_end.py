"""The web server writes its last visits when it ends, and its processes add up."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from akademie.operation.models import PageCount, VisitDay
from akademie.operation.tests.test_visits import FIREFOX

SERVER = """
import django
django.setup()
import socket
from django.core.wsgi import get_wsgi_application
from akademie.core.serve import WebServer
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
WebServer(get_wsgi_application(), listener, 2, 2).run()
"""
TIMES = 30


def database_address() -> str:
    """Return the address of the tests' own database."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(values['NAME']).resolve()}"
    return f"postgres://{values['USER']}@{quote(values['HOST'], safe='')}:{values['PORT'] or 5432}/{values['NAME']}"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_end_of_the_web_server_loses_no_visit(tmp_path):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_address(), "DATA_DIR": str(tmp_path),
             "DJANGO_SETTINGS_MODULE": "akademie.settings", "SITE_URL": "http://127.0.0.1:8000"},
    )  # fmt: skip
    try:
        port = server.stdout.readline().strip()
        headers = {"User-Agent": FIREFOX["HTTP_USER_AGENT"], "Accept-Language": "de"}
        for _ in range(TIMES):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/anmelden/", headers=headers)
            with urllib.request.urlopen(request, timeout=20) as answer:
                assert answer.status == 200
        assert PageCount.objects.count() == 0, "no request writes"
        server.send_signal(signal.SIGTERM)
        server.wait(15)
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
    assert dict(PageCount.objects.values_list("path", "views")) == {"/anmelden/": TIMES}
    assert VisitDay.objects.get().visitors == 1
