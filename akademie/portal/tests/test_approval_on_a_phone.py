"""In a real browser, on a phone: somebody without an account releases a text, without scripts and cookies."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from akademie.accounts.models import User
from akademie.core.contributions import public_kinds
from akademie.editing import approving
from akademie.editing.models import Approval, ApprovalState
from akademie.library.tests.factories import LibraryItemFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_text_is_read_and_released_on_a_phone(visiting: Any, editor: User) -> None:
    item = LibraryItemFactory(draft=True, title="Handreichung für den Markt")
    kind = next(kind for kind in public_kinds if isinstance(item, kind.model))
    asked = approving.ask(kind, item, name="Berta Burg", email="burg@stadt.example", by=editor)
    visit = visiting(width=320, script=False)
    page = visit.go(urlsplit(approving.link_of(asked)).path)
    assert page.locator("h1").inner_text() == "Handreichung für den Markt"
    page.get_by_role("link", name="Zur Antwort").click()
    page.get_by_role("button", name="Ändern").click()
    assert page.get_by_text("Bitte schreiben Sie kurz, was sich ändern soll.").count() == 2  # above and at the field
    page.get_by_role("button", name="So freigeben").click()
    assert page.locator("h1").inner_text() == "Danke für Ihre Freigabe"
    assert (Approval.objects.get().state, visit.context.cookies()) == (ApprovalState.APPROVED, [])
    assert (visit.outside, visit.trouble) == (set(), [])
