"""Beside a form of the back office: how hard the text is to read, and where."""

from typing import Any

from wagtail.admin.panels import Panel

from akademie.core.readability import ADVICE, EASY_LIMIT, LIMIT, Kind, marked_html, marks, measure


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
            easy = getattr(self.instance, "in_easy_language", False)
            found = {mark.kind for mark in marks(text, easy=easy)}
            return {
                **super().get_context_data(parent_context),
                "figures": measure(text),
                "limit": EASY_LIMIT if easy else LIMIT,
                "easy": easy,
                "advice": [(kind, ADVICE[kind]) for kind in Kind if kind in found],
                "marked": marked_html(text, easy=easy),
            }
