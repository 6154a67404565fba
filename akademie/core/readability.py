"""How hard a German text is to read, and where: figures and marks, without asking anybody outside.

Two measures that need no dictionary. LIX (Björnsson 1968): words per sentence, plus the share of words of more than six
letters in per cent; below 40 children's books, 40 to 50 fiction, 50 to 60 non-fiction, above 60 specialist literature
(Lenhard and Lenhard 2011, for German). Flesch in Amstad's version for German (1978): 180, less words per sentence, less
58.5 times syllables per word; 100 is very easy, below 30 very hard. Neither knows what a text means: a good figure is
no proof of a good text.

Marks are found by patterns, and would rather miss one than name a sentence that is fine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

LIMIT = 60  # LIX above which a text is as hard as specialist literature
ENOUGH_WORDS = 30  # below that, figures say nothing
LONG_SENTENCE = 22  # words
LONG_WORD = 22  # letters
NOUNS_IN_A_CHAIN = 3  # nouns made of verbs, in one sentence

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouäöüy]+")
_ONE_SOUND = re.compile(r"aa|ai|au|ay|ee|ei|eu|ey|ie|oo|oi|ou|oy|ui|äu")
# Ends with a dot and ends no sentence. Single letters ("z. B.") and numbers ("3. Mai") are told by their form.
_SHORT = frozenset((
    "abs", "art", "bd", "bzgl", "bzw", "ca", "dr", "ebd", "einschl", "etc", "evtl", "ggf", "gem", "inkl", "insb",
    "ing", "max", "mind", "min", "mio", "mrd", "nr", "prof", "rd", "sog", "st", "str", "tel", "usw", "vgl", "zzgl",
))  # fmt: skip
_END = re.compile(r"[.!?…:;]+[\"“”’»)\]]*(?=\s|$)")
_BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|td|th|dt|dd|blockquote|figcaption)>|<br\s*/?>")


class Kind(StrEnum):
    """What is marked, and the class of its mark."""

    SENTENCE = "sentence"
    WORD = "word"
    PASSIVE = "passive"
    NOUNS = "nouns"
    GENITIVE = "genitive"
    CONDITIONAL = "conditional"
    SHORT = "short"


ADVICE = {
    Kind.SENTENCE: "Langer Satz. Machen Sie zwei daraus.",
    Kind.WORD: "Langes Wort. Gibt es ein kürzeres? Sonst hilft ein Bindestrich.",
    Kind.PASSIVE: "Passiv. Sagen Sie, wer es tut.",
    Kind.NOUNS: "Viele Hauptwörter auf -ung. Nehmen Sie Verben.",
    Kind.GENITIVE: "Genitiv. Schreiben Sie „von“: das Haus von der Stadt.",
    Kind.CONDITIONAL: "Konjunktiv. Sagen Sie, was ist.",
    Kind.SHORT: "Abkürzung oder Klammer. Schreiben Sie es aus, in einem eigenen Satz.",
}


@dataclass(frozen=True)
class Mark:
    """A place in a text, from `start` up to `end`, and what is said of it."""

    start: int
    end: int
    kind: Kind

    @property
    def advice(self) -> str:
        """What to do, in one or two sentences."""
        return ADVICE[self.kind]


@dataclass(frozen=True)
class Figures:
    """What a text measures."""

    sentences: int = 0
    words: int = 0
    long_words: int = 0  # more than six letters
    syllables: int = 0

    @property
    def lix(self) -> int:
        """Björnsson's index; 0 for a text without words."""
        return round(self.words / self.sentences + 100 * self.long_words / self.words) if self.words else 0

    @property
    def flesch(self) -> int:
        """Reading ease after Amstad, from 0 to 100."""
        if not self.words:
            return 100
        ease = 180 - self.words / self.sentences - 58.5 * self.syllables / self.words
        return round(min(100, max(0, ease)))

    @property
    def is_enough(self) -> bool:
        """Whether the text is long enough for figures."""
        return self.words >= ENOUGH_WORDS

    @property
    def in_words(self) -> str:
        """The step of the scale."""
        return step_of(self.lix) if self.is_enough else "zu kurz zum Messen"


STEPS = ((40, "leicht"), (50, "gut lesbar"), (LIMIT, "anspruchsvoll"))
HARDEST = "schwer"


def step_of(lix: int) -> str:
    """Return what a LIX is called."""
    return next((word for most, word in STEPS if lix <= most), HARDEST)


def text_of(html: str) -> str:
    """Return what HTML says, a line for each block."""
    return strip_tags(_BLOCK_ENDS.sub("\n", html)).strip()


def measure(text: str) -> Figures:
    """Return the figures of a text; each line is one sentence at least, for headings and lists have no dots."""
    sentences = words = long_words = syllables = 0
    for place in sentences_of(text):
        if found := [match[0] for match in _WORD.finditer(text, *place)]:
            sentences += 1
            words += len(found)
            long_words += sum(len(word) > 6 for word in found)
            syllables += sum(map(syllables_of, found))
    return Figures(sentences, words, long_words, syllables)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text begin and end."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, *line.span()):
            if end[0][0] in "!?" or _ends(text, start, end.start(), end.end()):
                yield start, end.end()
                start = end.end()
        if text[start : line.end()].strip():
            yield start, line.end()


def _ends(text: str, start: int, dot: int, after: int) -> bool:
    """Whether the sign at this place ends a sentence: no short form, no number in an order, and a capital follows."""
    before = re.search(r"\w+$", text[start:dot])
    if before and (before[0].isdigit() or len(before[0]) == 1 or before[0].lower() in _SHORT):
        return False
    return not text[after:].lstrip()[:1].islower()


def syllables_of(word: str) -> int:
    """Return the syllables of a German word: its groups of vowels, where a group of several sounds is several."""
    return max(1, sum(len(_ONE_SOUND.sub("a", vowels)) for vowels in _VOWELS.findall(word.lower())))


# -- marks ------------------------------------------------------------------------------------------------------------
_BECOME = re.compile(r"\b(?:werden|wird|wirst|werdet|wurden?|würden?|worden)\b", re.IGNORECASE)
# Participles that are hardly anything else: ge…t, ge…en, also behind a syllable (angefragt), …iert, and those with an
# untouched prefix in -t, or with the vowels of strong verbs: beantragt, vorbereitet, beschlossen, verschoben.
_PARTICIPLE = re.compile(
    r"\b(?:[a-zäöüß]{0,6}ge[a-zäöüß]{2,}(?:t|en)|[a-zäöüß]{3,}iert"
    r"|(?:ab|an|auf|aus|ein|mit|nach|vor|zu)?(?:be|ent|er|ver|zer)[a-zäöüß]{2,}"
    r"(?:t|ossen|ommen|oben|ieden|rieben|unden|ogen|orfen|ochen|oren))\b"
)
_NO_PARTICIPLE = frozenset((
    "gegen", "gesamt", "gerecht", "bereit", "berechtigt", "zugegen", "dagegen", "hingegen", "wogegen", "entgegen",
))  # fmt: skip
_OF_A_VERB = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}(?:ung|ungen|ion|ionen|nahme|nahmen)\b")


# Leichte Sprache: what BITV 2.0, Anlage 2, Teil 1 wants avoided (passive, genitive, conditional, short forms,
# brackets); its "short sentences" and "compounds with a hyphen" in the figures of a rule of thumb.
EASY_LIMIT = 40
EASY_SENTENCE = 12
EASY_WORD = 14
_GENITIVE = re.compile(r"\b(?:des|eines|meines|seines|ihres|Ihres|unseres|dieses)\s+(?:\w+en\s+)?[A-ZÄÖÜ][\w-]+s\b")
_CONDITIONAL = re.compile(r"\b(?:würd|könnt|müsst|dürft|hätt|wär|sollt)e(?:n|st|t)?\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\b(?:[a-zA-Z]\. ?[a-zA-Z]\.|(?:usw|bzw|ggf|vgl|inkl|ca|etc|evtl)\.)|\([^)]*\)")


def marks(text: str, *, easy: bool = False) -> list[Mark]:
    """Return what makes a text hard, in the order of the text; `easy`: by the rules of Leichte Sprache."""
    longest, longest_word = (EASY_SENTENCE, EASY_WORD) if easy else (LONG_SENTENCE, LONG_WORD)
    found: list[Mark] = []
    for start, end in sentences_of(text):
        words = list(_WORD.finditer(text, start, end))
        if len(words) > longest:
            found.append(Mark(words[0].start(), end, Kind.SENTENCE))
        found += [Mark(*word.span(), Kind.WORD) for word in words if len(word[0]) > longest_word and "-" not in word[0]]
        found += _passive(text, start, end)
        nouns = list(_OF_A_VERB.finditer(text, start, end))
        if len(nouns) >= NOUNS_IN_A_CHAIN:
            found += [Mark(*noun.span(), Kind.NOUNS) for noun in nouns]
        if easy:
            found += _not_easy(text, start, end)
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _not_easy(text: str, start: int, end: int) -> Iterator[Mark]:
    for kind, pattern in ((Kind.GENITIVE, _GENITIVE), (Kind.CONDITIONAL, _CONDITIONAL), (Kind.SHORT, _SHORT_FORM)):
        yield from (Mark(*match.span(), kind) for match in pattern.finditer(text, start, end))


def _passive(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield each form of "werden" with a participle in the same part of the sentence."""
    for part in re.finditer(r"[^,;–]+", text[start:end]):
        here = (start + part.start(), start + part.end())
        if any(word[0] not in _NO_PARTICIPLE for word in _PARTICIPLE.finditer(text, *here)):
            yield from (Mark(*word.span(), Kind.PASSIVE) for word in _BECOME.finditer(text, *here))


def marked_html(text: str, *, easy: bool = False) -> SafeString:
    """Return the text with its marks, a paragraph for each line. Marks of words stand inside those of sentences."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, int] = {}
    last = 0
    for mark in marks(text, easy=easy):
        if mark.kind != Kind.SENTENCE and mark.start < last:
            continue  # a word that is marked already
        last = mark.end if mark.kind != Kind.SENTENCE else last
        opening.setdefault(mark.start, []).append(mark)
        closing[mark.end] = closing.get(mark.end, 0) + 1
    out, before = [], 0
    for place in sorted({*opening, *closing, len(text)}):
        out.append(format_html("{}", text[before:place]))
        out.extend([mark_safe("</mark>")] * closing.get(place, 0))
        out += [format_html('<mark class="ak-hard-{}">', mark.kind) for mark in opening.get(place, ())]
        before = place
    lines = "".join(out).split("\n")
    return mark_safe("".join(f"<p>{line}</p>" for line in lines if line.strip()))
