"""In which languages a page may stand, and how its versions are called."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models


class Language(models.TextChoices):
    """Language tags (BCP 47). `simple` is a registered variant; `de-simple` is Leichte Sprache."""

    GERMAN = "de", "Deutsch"
    EASY = "de-simple", "Leichte Sprache"
    ENGLISH = "en", "Englisch"

    @property
    def spoken(self) -> str:
        """As it follows "in"."""
        return {Language.EASY: "Leichter Sprache", Language.ENGLISH: "Englisch"}.get(self, "Deutsch")


SLUGS = {Language.EASY: "leichte-sprache", Language.ENGLISH: "english"}
# What leads to a version, in the words of whoever looks for it, and the language of these words.
LINKS = {
    Language.GERMAN: ("Diese Seite in Alltagssprache", "de"),
    Language.EASY: ("Diese Seite in Leichter Sprache", "de"),
    Language.ENGLISH: ("This page in English", "en"),
}


@dataclass(frozen=True)
class PageVersion:
    """A page in one of its languages, as everyone may read it."""

    language: Language
    path: str  # its address without the first slash
    published_at: datetime | None

    @property
    def url(self) -> str:
        """Its address."""
        return f"/{self.path}"

    @property
    def absolute(self) -> str:
        """The same for machines."""
        return settings.SITE_URL + self.url

    @property
    def link(self) -> tuple[str, str]:
        """The text of a link to it, and the language of that text."""
        return LINKS[self.language]


@dataclass(frozen=True)
class Versions:
    """All versions of a page, seen from one of them; the German original first."""

    here: PageVersion
    every: tuple[PageVersion, ...]

    @property
    def others(self) -> list[PageVersion]:
        """The versions to which one can go from here."""
        return [version for version in self.every if version != self.here]

    @property
    def newer_original(self) -> datetime | None:
        """When the original was published, if that was after this version was."""
        original, here = self.every[0].published_at, self.here.published_at
        return original if original and here and original > here else None
