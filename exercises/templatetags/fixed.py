"""A template tag that renders a part of a page once and reuses the text. Most of a page never changes."""

import re
from typing import Any
from uuid import uuid4

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, render_value_in_context, token_kwargs
from django.utils.translation import get_language

register = template.Library()
MOST_KEPT, MOST_LETTERS = 500, 200_000  # limits of one block: entries, characters; when full, it is cleared
INDENTED = re.compile(r"\s*\n\s*")
Values = dict[str, FilterExpression]
Kept = tuple[tuple[str, ...], tuple[str, ...]]  # the texts, and the names of what is filled in between them


@register.tag
def fixed(parser: Parser, token: Token) -> "Fixed":
    """`{% fixed nav=nav filled day=day %}...{% endfixed %}`: rendered once in each language for each set of the values
    named before `filled`; those after it are filled in each time.

    The block sees no other values of the page, so nothing of one user can get into another user's page, and its text
    is never old. Values before `filled` must be plain, immutable: texts, numbers, days, tuples of these. Values after
    it are placeholders (UUIDs) inside the block: do not test them with `if`, and do not filter them.
    The texts live as long as the process and the template. If templates are not cached, nothing is reused.
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
        """A new context with only the named values, and a placeholder for each filled value."""
        return context.new(dict(zip(self.named, values, strict=True)) | self.marks)

    def _cut(self, text: str) -> Kept:
        """Splits the text at its placeholders, and removes the indentation, which only readers of the template need."""
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
