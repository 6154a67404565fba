"""Static files with the hash of their content in the name, each compressed once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.core.files.storage import storages
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOR_ALL, FOLDERS_FOR_ALL = 0o644, 0o755  # the web server in front reads them as somebody else


class CompressedOnce(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, but what is compressed already stays so.

    A hashed name never changes its content, so a change of our own styles need not compress Wagtail's whole back
    office anew, which takes half a minute. The unhashed originals are not served and not compressed.
    All may read them, whatever the service's umask and the rule for uploads say.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take Django's options."""
        modes = {"file_permissions_mode": FOR_ALL, "directory_permissions_mode": FOLDERS_FOR_ALL}
        self.addresses: dict[str, str] = {}
        super().__init__(*args, **{**modes, **options})

    def url(self, name: str, force: bool = False) -> str:
        """Return a file's address; read once, since nothing is collected while the academy runs."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self.addresses:
            self.addresses[name] = super().url(name)
        return self.addresses[name]

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        """Compress the hashed files among these that have no compressed neighbour yet."""
        hashed = paths & set(self.hashed_files.values())
        todo = {path for path in hashed if not Path(self.path(f"{path}.gz")).exists()}
        for name, compressed in super().compress_files(todo):
            Path(self.path(compressed)).chmod(FOR_ALL)
            yield name, compressed


def read_names_again() -> None:
    """Know the files that another process has collected: their names are read when the storage is made, early."""
    storage = storages[STATICFILES_STORAGE_ALIAS]
    if isinstance(storage, CompressedOnce):
        storage.hashed_files, storage.manifest_hash = storage.load_manifest()
        storage.addresses = {}
