"""Nouns: Comment with its Like, Silence and Report; HouseRules of a site; Block from a channel."""

from bouquet.shared.comments.models.comment import Comment, CommentQuerySet
from bouquet.shared.comments.models.opinions import Like, Report, Silence
from bouquet.shared.comments.models.rules import Block, HouseRules

__all__ = ["Block", "Comment", "CommentQuerySet", "HouseRules", "Like", "Report", "Silence"]
