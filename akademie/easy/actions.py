"""What is done with the required explanations: the shipped drafts are taken over."""

import json
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from akademie.core.shipped import source_version
from akademie.easy.models import Explanation, Subject

SOURCE = settings.REFERENCE_DIR / "explanations.json"


def source() -> str:
    """Return the version of the shipped texts."""
    return source_version(SOURCE)


@transaction.atomic
def load_explanations(say: Callable[[str], None]) -> None:
    """Take over the shipped texts, as drafts. A text that somebody changed or released stays. Repeatable."""
    texts = json.loads(SOURCE.read_text(encoding="utf-8"))
    for subject in Subject:
        row, _ = Explanation.objects.select_for_update().get_or_create(subject=subject)
        if row.checked_by or row.text != row.loaded_text:
            continue
        row.text = row.loaded_text = "".join(texts[subject])
        row.save()
    say(f"{len(Subject)} Erklärungen in Leichter Sprache sind da, als Entwürfe.")
