"""`{% remember … %}`: HTML that is made once for the same values, in this process (toolkit/remembered.py).

Lists show the same cards to everybody, and a card is some sixty pieces of template: most of a page's time. What is
between the tags is kept under *all* the values that it is made of, which the tag names, first what says which one it
is: a card that changed is another card, and nothing has to be emptied. What differs from reader to reader (reasons,
tokens) stands outside.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from bouquet.toolkit.remembered import remembered

register = template.Library()


class RememberNode(Node):
    def __init__(self, pieces: NodeList, values: list[FilterExpression]) -> None:
        self.pieces, self.values = pieces, values

    def render(self, context: Context) -> SafeString:
        values = [_plain(value.resolve(context, ignore_failures=True)) for value in self.values]
        if values[0] is None:  # nobody said what this is: it could be anything
            return self.pieces.render(context)
        made: SafeString = remembered((self, *values), lambda: self.pieces.render(context))
        return made


def _plain(value: Any) -> Any:
    """A lazy value holds on to the request that it would ask."""
    if isinstance(value, SimpleLazyObject):
        bool(value)  # it is worked out now
        return value.__dict__["_wrapped"]
    return value


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember work.uid work.views … %}…{% endremember %}`: name every value that is used in between."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if not values:
        raise template.TemplateSyntaxError("“remember” must name the values that its HTML is made of.")
    pieces = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(pieces, values)
