"""News about files for the floors above."""

from django.dispatch import Signal

# sender: AcademyImage or AcademyDocument; instance. Sent when one that was there has been saved or deleted, in the same
# transaction. Of a new one nobody hears: nothing shows it yet.
file_changed = Signal()
