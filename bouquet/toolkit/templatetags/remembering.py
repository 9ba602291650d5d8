"""`{% remember … %}`: HTML that is made once for the same values, in this process.

Lists show the same cards to everybody, and a card is some sixty pieces of template: most of a page's time. What is
between the tags is kept under *all* the values that it is made of, which the tag names, first what says which one it
is: a card that changed is another card, and nothing has to be emptied. What differs from reader to reader (reasons,
tokens) stands outside.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 4000  # pieces: some ten megabytes
SECONDS = 60  # “3 minutes ago” may be so old

_made: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """For benches and tests."""
    with _lock:
        _made.clear()


class RememberNode(Node):
    def __init__(self, pieces: NodeList, values: list[FilterExpression]) -> None:
        self.pieces, self.values = pieces, values

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context, ignore_failures=True) for value in self.values]
        if values[0] is None:  # nobody said what this is: it could be anything
            return self.pieces.render(context)
        key = (self, get_language(), int(time.time() // SECONDS), *values)
        try:
            if (known := _made.get(key)) is not None:
                return known
        except TypeError:  # a value that is no plain one
            return self.pieces.render(context)
        html = self.pieces.render(context)
        with _lock:
            _made[key] = html
            while len(_made) > MOST:
                _made.popitem(last=False)
        return html


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember work.uid work.views … %}…{% endremember %}`: name every value that is used in between."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if not values:
        raise template.TemplateSyntaxError("“remember” must name the values that its HTML is made of.")
    pieces = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(pieces, values)
