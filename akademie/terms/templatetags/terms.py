"""`{% terms %} … {% endterms %}` around a text, `{% terms_on_page %}` at the end of the page.

All texts of a page share what has been explained already. `{% terms unless page.other_language %}` marks nothing where
that is true.
"""

from html import escape
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from akademie.terms import queries
from akademie.terms.marking import PageTerms

register = template.Library()
KEY = "terms of the page"


class TermsNode(Node):
    """A text whose terms are marked."""

    def __init__(self, body: NodeList, unless: FilterExpression | None) -> None:
        self.nodelist, self.unless = body, unless

    def render(self, context: Context) -> SafeString:
        """Draw the text."""
        html = self.nodelist.render(context)
        if self.unless and self.unless.resolve(context):
            return html
        kept: dict[str, Any] = context.render_context  # type: ignore[assignment]
        if KEY not in kept:
            kept[KEY] = PageTerms(queries.glossary())
        return mark_safe(kept[KEY].mark(html))


@register.tag("terms")
def do_terms(parser: Parser, token: Token) -> TermsNode:
    """Compile a text with terms."""
    _tag, *bits = token.split_contents()
    if bits and (len(bits) != 2 or bits[0] != "unless"):
        raise template.TemplateSyntaxError("{% terms %} takes nothing, or: unless, and a condition")
    body = parser.parse(("endterms",))
    parser.delete_first_token()
    return TermsNode(body, parser.compile_filter(bits[1]) if bits else None)


@register.simple_tag(takes_context=True)
def terms_on_page(context: Context) -> SafeString:
    """Return the explanations of what was marked: in print the footnotes. Nothing when nothing was."""
    kept: dict[str, Any] = context.render_context  # type: ignore[assignment]
    found = kept[KEY].found.values() if KEY in kept else ()
    if not found:
        return mark_safe("")
    rows = "".join(
        f'<li><a href="{entry.url}">{escape(entry.title)}</a>: '
        f'<span id="fachwort-{entry.slug}">{escape(entry.explanation)}</span></li>'
        for entry in found
    )
    return mark_safe(
        '<section class="ak-terms" aria-labelledby="fachwoerter-hier"><h2 id="fachwoerter-hier">Fachwörter auf dieser '
        f'Seite</h2><ol>{rows}</ol><script type="module" src="{static("terms/terms.js")}"></script></section>'
    )
