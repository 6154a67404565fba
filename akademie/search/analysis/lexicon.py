"""The splitter's lexicon, made once at set-up from simplemma's German dictionary (nothing of it is in the repository).

Two tables come out of the dictionary's 1.1 million forms:

- `counts`: words that take part in compounds, with how often they do: the number of dictionary words that begin
  or end with them where the rest is a dictionary word too. This says which parts are plausible without any corpus.
- `derived`: forms whose Snowball stem misses their family, with the word whose stem they share: forms of verbs on -ern
  and -eln and participles to the noun on -ung (versickert: versickerung), words for women to the plain word
  (aerztinnen: arzt), plurals on -s after a vowel (kitas: kita).

`docs/adr/0004-search-lexicon.md` has the figures behind the choice.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .compounds import DROPPED, LINKS, MIN_PART, NEVER_PARTS, SHORT_PARTS, Splitter
from .stemming import STEMMER_VERSION, WordStemmer
from .tables import Damaged, WordMap
from .text import canonical, data_lines, words

FORMAT = 4  # raise it when the code below gives another content, or the files another form
LEXICON_DIR = Path(__file__).resolve().parents[3] / ".build" / "search"  # made by the bootstrap
OVERRIDES = "overrides_de.txt"
MAX_PART = 20  # letters; longer words are compounds themselves
MAX_SIMPLE = 12  # letters of a word that no compound is known of
OWN_COUNT = 8  # times a word of the own collection must occur to become a part

VOWELS = frozenset("aiouy")  # Snowball leaves a plural s after them: Kitas, Büros

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the analysis knows about German words, made from the dictionary and the shipped overrides."""

    stem: WordStemmer
    splitter: Splitter


@lru_cache(maxsize=1)
def lexicon_version() -> str:
    """Name of the dictionary release and of our reading of it."""
    rules = (FORMAT, LINKS, DROPPED, sorted(SHORT_PARTS), sorted(NEVER_PARTS), MIN_PART, MAX_PART, MAX_SIMPLE)
    ours = repr((rules, STEMMER_VERSION, data_lines(OVERRIDES)))
    return f"simplemma-{version('simplemma')}-{hashlib.sha256(ours.encode()).hexdigest()[:8]}"


def lexicon_path(folder: Path | None = None) -> Path:
    """Return the folder where the lexicon of this version is, or will be."""
    return (folder or LEXICON_DIR) / f"lexicon-{lexicon_version()}"


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read the lexicon; where set-up has not made it, or it is damaged, build it first (some seconds, once)."""
    path = lexicon_path(folder)
    try:
        stem = WordStemmer(_overrides(), WordMap.load(path / "derived"))
        return Lexicon(stem, Splitter.load(stem, path))
    except Damaged as reason:
        log.log(logging.WARNING if path.exists() else logging.INFO, "building the search lexicon: %s", reason)
    lexicon = _from_dictionary()
    with suppress(OSError):  # a read-only installation without set-up: works, only slower to start
        _save(lexicon, path)
    return lexicon


def _overrides() -> dict[str, str]:
    """Read `stem: word word …` lines; each word, in canonical form, gets that stem."""
    overrides: dict[str, str] = {}
    for line in data_lines(OVERRIDES):
        stem, _, members = line.partition(":")
        overrides.update((canonical(word), canonical(stem.strip())) for word in members.split())
    return overrides


def _save(lexicon: Lexicon, path: Path) -> None:
    """Write the lexicon's folder at once, in place of a damaged one.

    The same dictionary gives the same bytes, so two builds at once end like one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".lexicon-") as place:
        made = Path(place) / path.name
        made.mkdir()
        lexicon.stem.derived.save(made / "derived")
        lexicon.splitter.save(made)
        with suppress(FileNotFoundError):
            path.rename(Path(place) / "damaged")
        try:
            made.rename(path)
        except OSError:
            if not path.exists():
                raise


def own_words(titles: Iterable[str], texts: Iterable[str]) -> dict[str, int]:
    """Count the words of the own collection that may become parts: all of titles and tags, the common ones of texts."""
    in_titles = Counter(word.form for title in titles for word in words(title))
    everywhere = in_titles + Counter(word.form for text in texts for word in words(text))
    return {
        word: count
        for word, count in everywhere.items()
        if (count >= OWN_COUNT or word in in_titles) and MIN_PART < len(word) <= MAX_PART and word.isalpha()
    }


def _from_dictionary() -> Lexicon:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms = dict(DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de").items())
    counts = _part_counts({canonical(lemma) for lemma in forms.values() if lemma.isalpha()} | _umlaut_plurals(forms))
    derived = {form: base for form, base in _derived(forms).items() if (form + base).isascii()}
    stem = WordStemmer(_overrides(), WordMap(derived))
    return Lexicon(stem, Splitter.of(stem, {word: count for word, count in counts.items() if word.isascii()}))


def _part_counts(lemmas: set[str]) -> dict[str, int]:
    """How many dictionary words each word begins or ends, where the rest is a dictionary word too.

    Words that are no compounds themselves stay with 0: possible, but dear.
    """
    usable = {w for w in lemmas if MIN_PART <= len(w) <= MAX_PART or w in SHORT_PARTS} - NEVER_PARTS
    counts: Counter[str] = Counter({w: 0 for w in usable if len(w) <= MAX_SIMPLE})
    for lemma in lemmas:
        pairs = list(_pairs(lemma, usable))
        counts.update(word for pair in pairs for word in pair)
        if pairs and not counts[lemma]:
            del counts[lemma]
    return dict(counts)


def _umlaut_plurals(forms: Mapping[str, str]) -> set[str]:
    """Plurals that begin compounds and do not begin like their singular: Städtebau, Häuserzeile, Ärztehaus."""
    plurals = set()
    for form, lemma in forms.items():
        if not form.isalpha() or not form[0].isupper() or not lemma[0].isupper() or not form.endswith(("e", "er")):
            continue
        if len(form) <= len(lemma) + 2 and not form.lower().startswith(lemma.lower()):
            plurals.add(canonical(form))
    return plurals


def _pairs(lemma: str, usable: set[str]) -> Iterator[tuple[str, str]]:
    """Every reading of a word as two words, with a linking element or without the first one's last e."""
    for cut in range(3, len(lemma) - 2):
        tail = lemma[cut:]
        if tail not in usable:
            continue
        first = lemma[:cut]
        heads = [first[: cut - len(link)] for link, _cost in LINKS if first.endswith(link)]
        heads += [first + ending for ending, _cost in DROPPED]
        head = next((head for head in heads if head in usable), "")
        if head:
            yield head, tail


def _derived(forms: Mapping[str, str]) -> dict[str, str]:
    """Forms that share the stem of another word than Snowball thinks."""
    lower = {canonical(form): form for form in forms}
    derived: dict[str, str] = {}
    for form, lemma in forms.items():
        if not form.isalpha():
            continue
        word = canonical(form)
        if form[0].isupper() and word.endswith(("in", "innen")):
            base = _plain_role(word.removesuffix("nen") if word.endswith("innen") else word, lower)
            if base:
                derived[word] = canonical(forms[lower[base]])
        elif word.endswith("s") and word[-2:-1] in VOWELS and canonical(lemma) == word[:-1]:
            derived[word] = word[:-1]
        elif form[0].islower() and lemma.endswith(("ern", "eln")):
            noun = _action(canonical(lemma), lower)
            # "steuern" is a noun's plural too: only forms that no noun claims follow the verb
            if noun and _is_only_verb(form, forms):
                derived[word] = noun
    return derived


def _action(verb: str, known: Mapping[str, str]) -> str:
    """The noun on -ung of a verb on -ern or -eln: versickern, versickerung; entwickeln, entwicklung."""
    for noun in (verb[:-3] + "lung" if verb.endswith("eln") else "", verb[:-1] + "ung"):
        if known.get(noun, " ")[0].isupper():
            return noun
    return ""


def _is_only_verb(form: str, forms: Mapping[str, str]) -> bool:
    noun = form[0].upper() + form[1:]
    return forms.get(noun, noun).lower() == form


def _plain_role(word: str, known: Mapping[str, str]) -> str:
    """The plain word of a word for a woman: lehrerin, lehrer; kundin, kunde; aerztin, arzt."""
    stem = word[:-2]
    if word + "nen" not in known or len(stem) < 3:
        return ""
    for base in (stem, stem + "e", stem.replace("ae", "a"), stem.replace("oe", "o"), stem.replace("aeu", "au")):
        if known.get(base, " ")[0].isupper():
            return base
    return ""
