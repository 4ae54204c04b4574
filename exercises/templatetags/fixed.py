"""Parts of a page that are always the same, rendered once: most of a page is that."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.translation import get_language

register = template.Library()
MOST_KEPT, MOST_LETTERS = 500, 200_000  # of one part, so that of a whole chart few are kept: beyond it begins anew


@register.tag
def fixed(parser: Parser, token: Token) -> "Fixed":
    """`{% fixed nav=nav %}...{% endfixed %}`: rendered once in each language for each set of the values it names.

    It sees nothing of the page but those, so nothing of one user can get into the page of another, and what it
    shows is never old. They must be plain values that do not change: texts, numbers, days, tuples of these.
    What is kept goes with the process, and with the template: where templates are not cached, nothing is kept.
    """
    tag, *bits = token.split_contents()
    named = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{tag} takes name=value, not {bits[0]}")
    nodes = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(named, nodes)


class Fixed(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, named: dict[str, FilterExpression], nodes: NodeList) -> None:
        self.named, self.nodes = named, nodes
        self.kept: dict[tuple, str] = {}

    def render(self, context: template.Context) -> str:
        values = [value.resolve(context) for value in self.named.values()]
        key = (get_language(), *values, *map(type, values))  # 1 equals True, and a safe text one that is not
        if (text := self.kept.get(key)) is None:
            text = self.nodes.render(self._only(context, values))
            self._keep(key, text)
        return text

    def _only(self, context: template.Context, values: list[Any]) -> template.Context:
        """A context like that of the page, but empty, with the values that are named."""
        return context.new(dict(zip(self.named, values, strict=True)))

    def _keep(self, key: tuple, text: str) -> None:
        if len(self.kept) >= min(MOST_KEPT, MOST_LETTERS // max(len(text), 1)):
            self.kept.clear()
        self.kept[key] = text
