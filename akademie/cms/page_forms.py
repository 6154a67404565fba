"""The back office's form of a page; models name it, so it knows none of them."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from akademie.core.office_forms import NotInThePast


class AddressForm(NotInThePast, WagtailAdminPageForm):
    """Says already in the form that an address is taken: a new page does not know its parent before it is saved."""

    def clean(self) -> dict[str, Any]:
        """Ask a new page whether it may have its address below the parent that the form knows."""
        cleaned = super().clean()
        if self.instance.pk is None and self.parent_page and cleaned.get("slug"):
            try:
                self.instance.check_address(cleaned["slug"], self.parent_page)
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return cleaned
