"""News about files for the floors above."""

from django.dispatch import Signal

file_changed = Signal()  # sender: AcademyImage or AcademyDocument; instance. Sent after each save, in its transaction.
