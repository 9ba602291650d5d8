"""Lists and their recipes, issues and what stands in them, readers and what they asked for, one row for each mail."""

from bouquet.kinds.newsletters.models.delivery import Delivery
from bouquet.kinds.newsletters.models.issue import Issue, IssueItem, Link
from bouquet.kinds.newsletters.models.newsletter import Newsletter
from bouquet.kinds.newsletters.models.reader import Subscriber, Subscription, Suppression

__all__ = ["Delivery", "Issue", "IssueItem", "Link", "Newsletter", "Subscriber", "Subscription", "Suppression"]
