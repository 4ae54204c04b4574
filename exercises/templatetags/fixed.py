"""Parts of a page that are always the same, rendered once: most of a page is that."""

import re
from typing import Any
from uuid import uuid4

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, render_value_in_context, token_kwargs
from django.utils.translation import get_language

register = template.Library()
MOST_KEPT, MOST_LETTERS = 500, 200_000  # of one part; one more empties it
INDENTED = re.compile(r"\s*\n\s*")
Values = dict[str, FilterExpression]
Kept = tuple[tuple[str, ...], tuple[str, ...]]  # the texts, and the names of what is filled in between them


@register.tag
def fixed(parser: Parser, token: Token) -> "Fixed":
    """`{% fixed nav=nav filled day=day %}...{% endfixed %}`: rendered once in each language for each set of the values
    named before `filled`; those after it are filled in each time.

    It sees nothing of the page but those, so nothing of one user can get into the page of another, and what it shows
    is never old. The first must be plain values that do not change: texts, numbers, days, tuples of these. The others
    are looked at neither by `if` nor by a filter: each of them is a mark there, which looks like a UUID.
    What is kept goes with the process, and with the template: where templates are not cached, nothing is kept.
    """
    tag, *bits = token.split_contents()
    named, filled = token_kwargs(bits, parser), {}
    if bits and bits[0] == "filled":
        filled = token_kwargs(bits := bits[1:], parser)
    if bits:
        raise template.TemplateSyntaxError(f"{tag} takes name=value, not {bits[0]}")
    nodes = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(named, filled, nodes)


class Fixed(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, named: Values, filled: Values, nodes: NodeList) -> None:
        self.named, self.filled, self.nodes = named, filled, nodes
        self.marks = {name: uuid4() for name in filled}
        self.kept: dict[tuple, Kept] = {}

    def render(self, context: template.Context) -> str:
        values = [value.resolve(context) for value in self.named.values()]
        key = (get_language(), *values, *map(type, values))  # 1 equals True, and a safe text one that is not
        if (kept := self.kept.get(key)) is None:
            kept = self._cut(self.nodes.render(self._only(context, values)))
            self._keep(key, kept)
        texts, names = kept
        return self._fill(context, texts, names) if names else texts[0]

    def _only(self, context: template.Context, values: list[Any]) -> template.Context:
        """A context like that of the page, but empty, with the values that are named, and marks for the others."""
        return context.new(dict(zip(self.named, values, strict=True)) | self.marks)

    def _cut(self, text: str) -> Kept:
        """At its marks, and without the indentation: that is for who reads the template."""
        text = INDENTED.sub("\n", text)
        names = {str(mark): name for name, mark in self.marks.items()}
        if not names:
            return (text,), ()
        pieces = re.split(f"({'|'.join(names)})", text)
        return tuple(pieces[::2]), tuple(names[mark] for mark in pieces[1::2])

    def _fill(self, context: template.Context, texts: tuple[str, ...], names: tuple[str, ...]) -> str:
        fills = {name: render_value_in_context(self.filled[name].resolve(context), context) for name in set(names)}
        pieces = [texts[0]]
        for name, text in zip(names, texts[1:], strict=True):
            pieces += (fills[name], text)
        return "".join(pieces)

    def _keep(self, key: tuple, kept: Kept) -> None:
        letters = sum(map(len, kept[0]))
        if len(self.kept) >= min(MOST_KEPT, MOST_LETTERS // max(letters, 1)):
            self.kept.clear()
        self.kept[key] = kept
