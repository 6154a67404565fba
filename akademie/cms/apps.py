"""Start of cms."""

from typing import Any

from django.apps import AppConfig
from django.utils.encoding import force_str

from akademie.core.documents import neutral


class CmsConfig(AppConfig):
    """Cms's entry in INSTALLED_APPS."""

    name = "akademie.cms"
    verbose_name = "Seiten"

    def ready(self) -> None:
        """Connect the receivers; have Wagtail's own reports write no formulas either."""
        from wagtail.admin.views.mixins import SpreadsheetExportMixin

        from akademie.cms import receivers  # noqa: F401

        SpreadsheetExportMixin.custom_value_preprocess[object] = {"csv": _plain, "xlsx": _plain}


def _plain(value: Any) -> Any:
    """Return a cell of a report as a number, a date or a text that no spreadsheet takes for a formula."""
    return neutral(force_str(value, strings_only=True))
