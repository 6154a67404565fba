"""Start of core: collects what the areas contribute, once."""

import gc

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Core's entry in INSTALLED_APPS; last of ours, so that every area is loaded when it collects."""

    name = "akademie.core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        """Load each area's `contributions` and listen to changes of what they declare public."""
        from akademie.core import public

        autodiscover_modules("contributions")
        public.listen()
        gc.enable()  # `manage.py` turned it off
