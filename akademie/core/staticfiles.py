"""Static files with the hash of their content in the name, each compressed once."""

from collections.abc import Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedOnce(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, but what is compressed already stays so.

    A hashed name never changes its content, so a change of our own styles need not compress Wagtail's whole back
    office anew, which takes half a minute. The unhashed originals are not served and not compressed.
    """

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        """Compress the hashed files among these that have no compressed neighbour yet."""
        hashed = paths & set(self.hashed_files.values())
        return super().compress_files({path for path in hashed if not Path(self.path(f"{path}.gz")).exists()})
