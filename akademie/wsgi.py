"""Entry point for any WSGI server; `manage.py serve` uses it with gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akademie.settings")
application = get_wsgi_application()
