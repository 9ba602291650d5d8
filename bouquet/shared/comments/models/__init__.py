"""Nouns: Comment with its Like, Silence and Report; HouseRules of a site; Block from a channel; Restriction of a person
and DomainRule by the desk.
"""

from bouquet.shared.comments.models.comment import Comment, CommentQuerySet
from bouquet.shared.comments.models.measures import DomainRule, Effect, Restriction
from bouquet.shared.comments.models.opinions import Like, Report, Silence
from bouquet.shared.comments.models.rules import Block, HouseRules

__all__ = [
    "Block",
    "Comment",
    "CommentQuerySet",
    "DomainRule",
    "Effect",
    "HouseRules",
    "Like",
    "Report",
    "Restriction",
    "Silence",
]
