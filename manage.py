#!/usr/bin/env python
"""Django's command line for the Kleinstadtakademie."""

import gc
import os
import sys

if __name__ == "__main__":
    gc.disable()  # while everything is loaded, which all stays: half a second per start; `core.apps` turns it on again
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akademie.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  (reads the settings, which refuse unsafe values with a sentence)
    except ImproperlyConfigured as reason:
        sys.stderr.write(f"{reason}\n")
        sys.exit(2)
    except OSError as error:
        sys.stderr.write(f"Diese Datei nennen die Einstellungen, sie lässt sich aber nicht lesen: {error.filename}\n")
        sys.exit(2)
    execute_from_command_line(sys.argv)
