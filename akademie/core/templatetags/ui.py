"""`{% ui "sign" heading=x %} … {% slot "action" %}…{% endslot %} {% endui %}`: components that refuse typos.

A word that a component does not know stops the template when it is compiled, not when somebody looks at the page.
Components without a body have no `endui`. Also the frame of the page.
"""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from akademie.core import frame
from akademie.core.components import COMPONENTS, Component
from akademie.core.drawing import in_words
from akademie.core.open_data import absolute

register = template.Library()


class SlotNode(Node):
    """A named part of a component's body."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Stand for nothing where it is written; the component places it."""
        return mark_safe("")


class ComponentNode(Node):
    """A component with its values."""

    def __init__(self, name: str, component: Component, values: dict[str, FilterExpression], body: NodeList) -> None:
        self.name, self.component, self.values, self.body = name, component, values, body
        self.slots = {node.name: node.nodelist for node in body.get_nodes_by_type(SlotNode)}  # type: ignore[attr-defined]

    def render(self, context: Context) -> SafeString:
        """Draw the component with its own values only."""
        values: dict[str, Any] = {**self.component.optional}
        values |= {key: expression.resolve(context) for key, expression in self.values.items()}
        if self.component.draw:
            return self.component.draw(**values)
        values["body"] = self.body.render(context)
        values["slots"] = {name: nodelist.render(context) for name, nodelist in self.slots.items()}
        engine = context.template.engine  # type: ignore[union-attr]
        return engine.get_template(f"ui/{self.name}.html").render(context.new(values))


def _literal(bit: str, tag: str) -> str:
    if len(bit) < 3 or bit[0] not in "\"'" or bit[0] != bit[-1]:
        raise template.TemplateSyntaxError(f"{{% {tag} %}} begins with a name in quotes, not {bit}")
    return bit[1:-1]


@register.tag("ui")
def do_ui(parser: Parser, token: Token) -> ComponentNode:
    """Compile a component and refuse what it does not know."""
    _tag, *bits = token.split_contents()
    name = _literal(bits[0] if bits else "", "ui")
    component = COMPONENTS.get(name)
    if component is None:
        raise template.TemplateSyntaxError(f"There is no component {name!r}")
    rest = bits[1:]
    values = token_kwargs(rest, parser)
    known = {*component.required, *component.optional}
    for word in (*values, *rest):
        if word not in known or word in rest:
            raise template.TemplateSyntaxError(f"{name!r} knows no {word!r}")
    if missing := [word for word in component.required if word not in values]:
        raise template.TemplateSyntaxError(f"{name!r} needs {missing[0]!r}")
    body = NodeList()
    if component.body:
        body = parser.parse(("endui",))
        parser.delete_first_token()
    node = ComponentNode(name, component, values, body)
    if strange := sorted(node.slots.keys() - set(component.slots)):
        raise template.TemplateSyntaxError(f"{name!r} has no slot {strange[0]!r}")
    return node


@register.tag("slot")
def do_slot(parser: Parser, token: Token) -> SlotNode:
    """Compile a slot."""
    bits = token.split_contents()
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(_literal(bits[1] if len(bits) == 2 else "", "slot"), nodelist)


@register.simple_tag(takes_context=True)
def frame_header(context: Context) -> SafeString:
    """The header, with the section of the page marked."""
    request = context.get("request")
    person = frame.person(request) if request else "guest"
    return frame.current().header(str(context.get("section", "")), person)


@register.simple_tag
def frame_head() -> SafeString:
    """What every page loads."""
    return frame.current().head()


@register.simple_tag(takes_context=True)
def frame_footer(context: Context) -> SafeString:
    """The footer, with links that take the address of the page along."""
    request = context.get("request")
    return frame.current().footer(frame.place(request) if request else "/")


@register.simple_tag(takes_context=True)
def print_foot(context: Context) -> str:
    """What stands below a printed page: whose it is, its address unless it is a preview, and the day."""
    request = context.get("request")
    address = "" if request is None or context.get("around") else f", {absolute(request.get_full_path())}"
    return f"{frame.current()['site_name']}{address}, gedruckt am {in_words(timezone.localdate())}"


class PageMeta(Node):
    """Title and description of a page, for the browser, for search engines and for those who share its address."""

    child_nodelists = ("title", "description")

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: Context) -> SafeString:
        """Write both once for each reader; a page without a description has none."""
        request = context.get("request")
        site = conditional_escape(frame.current()["site_name"])
        title, description = (" ".join(part.render(context).split()) for part in (self.title, self.description))
        shown = title.removeprefix("<title>").removesuffix(f" – {site}</title>")
        description = description.replace('"', "&quot;")
        told = [
            ("og:title", shown.replace('"', "&quot;")),
            ("og:description", description),
            ("og:url", conditional_escape(absolute(request.get_full_path())) if request else ""),
        ]
        named = f'<meta name="description" content="{description}">' if description else ""
        shared = "".join(f'<meta property="{key}" content="{value}">' for key, value in told if value)
        return mark_safe(f"{title}{named}{shared}")


@register.tag
def page_meta(parser: Parser, token: Token) -> PageMeta:
    """Compile the title and the text between `page_meta`, `described_as` and `endpage_meta`."""
    title = parser.parse(("described_as",))
    parser.delete_first_token()
    description = parser.parse(("endpage_meta",))
    parser.delete_first_token()
    return PageMeta(title, description)


CONTROLS = {
    "checkbox": "kern-form-check__checkbox",
    "radio": "kern-form-check__radio",
    "select": "kern-form-input__select",
}


@register.simple_tag
def control(field: BoundField | BoundWidget) -> SafeString:
    """The input of a field, or one choice of a group, with KERN's class and tied to all that is said about it."""
    if isinstance(field, BoundWidget):
        field.data["attrs"]["class"] = CONTROLS[field.data["type"]]
        return field.tag()
    widget = field.field.widget
    kind = "select" if isinstance(widget, forms.Select) else getattr(widget, "input_type", "")
    classes = f"{CONTROLS.get(kind, 'kern-form-input__input')} {widget.attrs.get('class', '')}"
    attrs: dict[str, str | bool] = {"class": classes.rstrip()}
    if isinstance(widget, forms.Textarea) and getattr(field.field, "max_length", None):
        described = f"{field.aria_describedby or ''} {field.auto_id}_limit"
        attrs["aria-describedby"] = described.strip()
    return field.as_widget(attrs=attrs)
