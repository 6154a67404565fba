"""One search on a tantivy index: from the parsed query to hits, counts and corrections."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import tantivy
from tantivy import Occur
from tantivy import Query as Q

from akademie.search.analysis import QueryWord, Synonyms, name_token

from .generation import INNER, RESTRICTED, VALUE_SEPARATOR, Generation, facet_key, kind_number
from .model import PUBLIC, Correction, Hit, Hits, Query
from .parsing import ParsedQuery, parse_query
from .plan import SPELLING, WORD, Plan, Term, make_plan

Clause = tuple[Occur, tantivy.Query]
Row = tuple[float, tantivy.DocAddress]  # a hit before it is loaded, with its score

FIELD_WEIGHTS = (("text", 1.0), ("parts", 0.15), ("title", 0.2))
RERANKED = 100  # hits whose age and quality are looked at
AGE_BOOST, AGE_DAYS = 0.15, 730.0
MAX_WINDOW = 2_000  # hits that can be paged through
MAX_FACET_VALUES = 3_000  # distinct values, and combinations of values, that are counted
MAX_CORRECTIONS = 3  # spellings tried for one unknown word
MAX_COMPLETIONS = 8
MIN_CORRECTED = 4  # letters
COMMON_SHARE, COMMON_FLOOR = 0.1, 1_000  # share and number of documents above which a word tells little
ENOUGH_WORDS = 3  # words of the query that must be left when common ones are left out


class Search:
    """One search: the state that its steps share."""

    def __init__(
        self,
        generation: Generation,
        searcher: tantivy.Searcher,
        synonyms: Synonyms,
        query: Query,
        frequencies: dict[tuple[str, str], int],
    ) -> None:
        self.generation, self.searcher, self.query = generation, searcher, query
        self.schema = generation.schema
        self.synonyms = synonyms
        self.corrections: list[Correction] = []
        self._frequencies = frequencies  # numbers of documents in this commit; kept by the engine
        self._ceiling = math.inf  # documents above which a stem is not searched for

    def run(self) -> Hits:
        parsed = parse_query(self.query.text)
        filters = _merged(self.query.filters, parsed.filters)
        plan = self._plan(parsed)
        searched = self._telling(plan)
        restrictions = {field: self._facet_filter(field, values) for field, values in filters.items()}
        total, facets = self._counts(searched, restrictions) if self.query.counted else (None, {})
        query = _narrowed(self._ranked(searched), restrictions.values(), self._exclusions(searched))
        hits, looked_at = self._hits(query, plan) if total != 0 else ([], 0)
        return Hits(hits, looked_at if total is None else total, facets, self.corrections, filters, plan)

    # -- the plan

    def _plan(self, parsed: ParsedQuery) -> Plan:
        return make_plan(
            parsed,
            self.generation.analyzer,
            self.synonyms,
            known=self._known,
            spellings=self._spellings if self.query.correct else None,
        )

    def _telling(self, plan: Plan) -> Plan:
        """Leave out what stands in too many documents to tell them apart, when enough rarer words are left.

        A question of ten words would otherwise match nearly everything. Small collections keep all words.
        """
        ceiling = max(COMMON_FLOOR, COMMON_SHARE * self.searcher.num_docs)
        present = (term for term in plan.terms if len(term.stems) == 1 or all(map(self._known, term.stems)))
        kept = tuple(t for t in present if len(t.stems) > 1 or self._frequency(t.stems[0]) <= ceiling)
        words = {term.word for term in kept if term.how in (WORD, SPELLING) and not term.is_name}
        if len(words) < ENOUGH_WORDS:
            return plan
        self._ceiling = ceiling
        return replace(plan, terms=tuple(term for term in kept if term.word in words or not term.is_name))

    def _frequency(self, stem: str, field: str = "text") -> int:
        key = (field, stem)
        if key not in self._frequencies:
            self._frequencies[key] = self.searcher.doc_freq(field, stem)
        return self._frequencies[key]

    def _known(self, stem: str) -> bool:
        return bool(self._frequency(stem) or self._frequency(stem, "parts"))

    def _spellings(self, word: QueryWord, is_last: bool) -> list[str]:
        """What an unknown word was probably meant to be: the words it begins, if it is the last, else near ones."""
        if len(word.form) < MIN_CORRECTED or word.closed or word.form.isdigit():
            return []
        if self._known(word.stem) or self._known(name_token(word.form)):
            return []
        vocabulary = self.generation.vocabulary
        if is_last:
            completed = [e for e in vocabulary.complete(word.form, MAX_COMPLETIONS) if self._public(e.form)]
            if completed:
                return [entry.form for entry in completed]
        # a new compound of known parts may well be meant as it is: only one slip is thought of, and not announced
        compound = bool(word.leaves) and all(self._known(leaf) for leaf in word.leaves)
        entries = vocabulary.near(word.form, 1 if compound else 2)
        near = [entry for entry in entries if self._public(entry.form)][:MAX_CORRECTIONS]
        if near and not compound:
            self.corrections.append(Correction(word.shown, near[0].shown))
        return [entry.form for entry in near]

    def _public(self, form: str) -> bool:
        return still_public(self.generation, self.searcher, form)

    # -- queries

    def _term(self, field: str, stem: str) -> tantivy.Query:
        return Q.term_query(self.schema, field, stem, "freq")

    def _ranked(self, plan: Plan) -> list[Clause]:
        """The scored part: words joined by OR, phrases as musts."""
        musts = [(Occur.Must, self._phrase(stems)) for stems in plan.phrases]
        shoulds = [(Occur.Should, clause) for term in plan.terms for clause in self._term_clauses(term)]
        shoulds += [(Occur.Should, Q.const_score_query(clause, weight)) for clause, weight in self._boosts()]
        return [*musts, *shoulds] or [(Occur.Must, Q.const_score_query(Q.all_query(), 0.0))]

    def _term_clauses(self, term: Term) -> list[tantivy.Query]:
        if len(term.stems) > 1:
            return [self._together(term)]
        [stem] = term.stems
        # in titles, which the text holds too, a common word is not worth its time
        fields = FIELD_WEIGHTS if self._frequency(stem) <= COMMON_FLOOR else FIELD_WEIGHTS[:2]
        return [
            Q.boost_query(self._term(field, stem), weight * term.weight)
            for field, weight in fields
            if 0 < self._frequency(stem, field) <= self._ceiling
        ]

    def _together(self, term: Term) -> tantivy.Query:
        """Several stems that must all occur, as a word of its own or as a part."""
        share = term.weight / len(term.stems)
        every = []
        for stem in term.stems:
            either = [
                (Occur.Should, Q.boost_query(self._term(field, stem), weight * share))
                for field, weight in FIELD_WEIGHTS[:2]
            ]
            every.append((Occur.Must, Q.boolean_query(either)))
        return Q.boolean_query(every)

    def _phrase(self, forms: tuple[str, ...]) -> tantivy.Query:
        stem = self.generation.analyzer.stem
        either = [self._in_order([stem(form) for form in forms]), self._in_order([name_token(form) for form in forms])]
        if len(forms) > 1:
            either.append(self._term("text", stem("".join(forms))))
        return Q.boolean_query([(Occur.Should, query) for query in either])

    def _in_order(self, tokens: list[str]) -> tantivy.Query:
        if len(tokens) == 1:
            return Q.term_query(self.schema, "text", tokens[0], "position")
        return Q.phrase_query(self.schema, "text", [*tokens])

    def _exclusions(self, plan: Plan) -> list[tantivy.Query]:
        out = [*self._hidden(), *(self._phrase(stems) for stems in plan.excluded)]
        if plan.is_empty:  # words and phrases find no cursor and no passages anyway
            out.append(Q.term_query(self.schema, "restricted", INNER, "basic"))
        if self.query.without:
            out.append(Q.term_set_query(self.schema, "id", sorted(self.query.without)))
        return out

    def _hidden(self) -> list[tantivy.Query]:
        """What the reader may not see, as exclusion: restricted documents are few, so this is cheaper than a filter.

        Left out where nothing is hidden from this reader: without any exclusion tantivy ranks and counts faster.
        """
        tokens = dict.fromkeys(self.query.visible_to)
        allowed = [Q.term_query(self.schema, "visible", token, "basic") for token in tokens if token != PUBLIC]
        if PUBLIC not in tokens:
            return [all_of([Q.all_query()], allowed)]
        hidden = all_of([Q.term_query(self.schema, "restricted", RESTRICTED, "basic")], allowed)
        key = ("hidden from", "\n".join(tokens))
        if key not in self._frequencies:
            self._frequencies[key] = _count(self.searcher, hidden)
        return [hidden] if self._frequencies[key] else []

    def _facet_filter(self, field: str, values: Sequence[str]) -> tantivy.Query:
        # a set of terms would be gathered whole before the search; lists of single terms are skipped through
        either = [self._has_facet(field, value) for value in values]
        query = either[0] if len(either) == 1 else Q.boolean_query([(Occur.Should, value) for value in either])
        return Q.const_score_query(query, 0.0)

    def _has_facet(self, field: str, value: str) -> tantivy.Query:
        return Q.term_query(self.schema, "facet_key", facet_key(field, value), "basic")

    def _boosts(self) -> list[tuple[tantivy.Query, float]]:
        """Facet values that lift a document, and by how much."""
        return [
            (self._has_facet(field, value), weight)
            for field, values in self.query.boosts.items()
            for value, weight in values.items()
        ]

    def _matching(self, plan: Plan) -> list[Clause]:
        """The same documents as `_ranked`, without scores and without the title, whose stems the text has too."""
        if plan.phrases:
            return [(Occur.Must, self._phrase(stems)) for stems in plan.phrases]
        clauses = [
            Q.term_query(self.schema, field, term.stems[0], "basic")
            for term in plan.terms
            if len(term.stems) == 1
            for field in ("text", "parts")
            if 0 < self._frequency(term.stems[0], field) <= self._ceiling
        ]
        clauses += [self._together(term) for term in plan.terms if len(term.stems) > 1]
        clauses += [clause for clause, _weight in self._boosts()]
        if not clauses and not plan.terms:
            return [(Occur.Must, Q.all_query())]
        return [(Occur.Should, clause) for clause in clauses]

    # -- counts

    def _counts(self, plan: Plan, restrictions: dict[str, tantivy.Query]) -> tuple[int, dict[str, dict[str, int]]]:
        """Total, and per asked field the counts without that field's own filter."""
        matching, exclusions = self._matching(plan), self._exclusions(plan)
        everything = _narrowed(matching, restrictions.values(), exclusions)
        if not self.query.facets:
            return _count(self.searcher, everything), {}
        counts = self._facet_counts(everything, {"kind", *self.query.facets} - restrictions.keys() | {"kind"})
        total = sum(counts["kind"].values())
        for field in self.query.facets:
            if field in restrictions:
                others = [query for name, query in restrictions.items() if name != field]
                counts |= self._facet_counts(_narrowed(matching, others, exclusions), {field})
        return total, {field: counts[field] for field in self.query.facets}

    def _facet_counts(self, query: tantivy.Query, fields: set[str]) -> dict[str, dict[str, int]]:
        """Count the values of the fields; a column holds all values of a document in one string."""
        asked = {f: {"terms": {"field": f"facets.{f}", "size": MAX_FACET_VALUES}} for f in sorted(fields)}
        counts: dict[str, dict[str, int]] = {}
        for field, answer in self.searcher.aggregate(query, asked).items():
            found = counts[field] = {}
            for bucket in answer["buckets"]:
                for value in bucket["key"].split(VALUE_SEPARATOR):
                    found[value] = found.get(value, 0) + bucket["doc_count"]
            found.pop("", None)
        return counts

    # -- hits

    def _hits(self, query: tantivy.Query, plan: Plan) -> tuple[list[Hit], int]:
        """The hits of the page, and how many were looked at for it."""
        first, last = max(0, self.query.offset), max(0, self.query.offset) + max(1, self.query.limit)
        if first >= MAX_WINDOW:
            return [], 0
        if plan.is_empty and not self.query.boosts:  # nothing to rank by: the newest first
            found = self.searcher.search(query, limit=last, count=False, order_by_field="day").hits
            rows = [(0.0, address) for _day, address in found]
        else:
            found = self.searcher.search(query, limit=max(RERANKED, last), count=False).hits
            rows = self._reranked(found[:RERANKED]) + found[RERANKED:]
        rows = rows[first:last]
        kept = self._of_kinds(rows) if self.query.of_kinds else rows
        page = [(score, str(self.searcher.doc(a).get_first("id"))) for score, a in kept]
        passages = self._best_passages(plan, [document_id for _score, document_id in page])
        return [Hit(document_id, score, passages.get(document_id)) for score, document_id in page], len(rows)

    def _of_kinds(self, rows: list[Row]) -> list[Row]:
        """The best of each kind asked for; to load a hit takes longer than to find it."""
        left = {kind_number(kind): most for kind, most in self.query.of_kinds.items()}
        kept = []
        for row, kind in zip(rows, self.searcher.fast_field_values("kind_number", [a for _s, a in rows]), strict=True):
            if left.get(int(kind or 0), 0):
                left[int(kind or 0)] -= 1
                kept.append(row)
        return kept

    def _reranked(self, found: list[Row]) -> list[Row]:
        """Age and quality weigh the first hits anew."""
        addresses = [address for _score, address in found]
        today = (self.query.today or date.today()).toordinal()
        qualities = self.searcher.fast_field_values("quality", addresses)
        starts = self.searcher.fast_field_values("ages_from", addresses)
        rows = []
        for (score, address), quality, start in zip(found, qualities, starts, strict=True):
            weighed = score * float(quality or 1.0)
            if start:
                weighed *= 1.0 + AGE_BOOST * math.exp(-max(0, today - int(start)) / AGE_DAYS)
            rows.append((weighed, address))
        rows.sort(key=lambda row: -row[0])
        return rows

    def _best_passages(self, plan: Plan, ids: list[str]) -> dict[str, int]:
        """The passage of each long document that answers best."""
        if not ids or not self.searcher.terms_with_prefix("passage", "", limit=1):
            return {}
        stems = [(stem, term.weight) for term in plan.terms for stem in term.stems]
        stems = [(stem, weight) for stem, weight in stems if self._frequency(stem, "passage")]
        if not stems:
            return {}
        ranked = Q.boolean_query([(Occur.Should, Q.boost_query(self._term("passage", s), w)) for s, w in stems])
        mine = Q.const_score_query(Q.term_set_query(self.schema, "id", ids), 0.0)
        best: dict[str, int] = {}
        for _score, address in self.searcher.search(all_of([ranked, mine], []), limit=len(ids) * 20, count=False).hits:
            row = self.searcher.doc(address)
            best.setdefault(str(row.get_first("id")), int(row.get_first("passage_number") or 0))
        return best


def still_public(generation: Generation, searcher: tantivy.Searcher, form: str) -> bool:
    """Whether a public document has this word now."""
    schema = generation.schema
    query = all_of([Q.term_query(schema, "words", form, "basic"), Q.term_query(schema, "visible", PUBLIC, "basic")], [])
    return bool(searcher.search(query, limit=1, count=False).hits)


def _narrowed(
    clauses: Sequence[Clause], restrictions: Collection[tantivy.Query], exclusions: Sequence[tantivy.Query]
) -> tantivy.Query:
    """Clauses within the restrictions; flat where it can be, because that is faster."""
    out = [(Occur.MustNot, query) for query in exclusions]
    if not restrictions and clauses:
        return Q.boolean_query([*clauses, *out])
    musts = [Q.boolean_query(list(clauses)), *restrictions]
    return Q.boolean_query([*((Occur.Must, query) for query in musts), *out])


def all_of(queries: Sequence[tantivy.Query], exclusions: Sequence[tantivy.Query]) -> tantivy.Query:
    return Q.boolean_query([(Occur.Must, q) for q in queries] + [(Occur.MustNot, q) for q in exclusions])


def _count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    # its type stubs leave `count` out
    return int(getattr(searcher.search(query, limit=1, count=True), "count") or 0)  # noqa: B009


def _merged(left: Mapping[str, Sequence[str]], right: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    fields = [field for field in (*left, *right) if left.get(field) or right.get(field)]
    return {f: tuple(dict.fromkeys((*left.get(f, ()), *right.get(f, ())))) for f in dict.fromkeys(fields)}
