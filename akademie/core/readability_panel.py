"""Beside a form of the back office: how hard the text is to read, and where."""

from typing import Any

from wagtail.admin.panels import Panel

from akademie.core.readability import ADVICE, LIMIT, Kind, marked_html, marks, measure


class ReadabilityPanel(Panel):
    """The text as it was last saved, a draft too, with its figures and marks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"heading": "Lesbarkeit", **options})

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page or record; without sentences there is none."""

        template_name = "core/office/readability.html"

        def is_shown(self) -> bool:
            """Whether there is something to measure."""
            return bool(super().is_shown() and self.instance.pk and self.instance.prose())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return figures and marked text."""
            text = self.instance.prose()
            found = {mark.kind for mark in marks(text)}
            return {
                **super().get_context_data(parent_context),
                "figures": measure(text),
                "limit": LIMIT,
                "advice": [(kind, ADVICE[kind]) for kind in Kind if kind in found],
                "marked": marked_html(text),
            }
