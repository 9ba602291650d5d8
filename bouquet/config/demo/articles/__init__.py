"""What the demo's newsrooms have published: Le Comptoir, Septembre, Atelier."""

from bouquet.config.demo.articles.economy import ECONOMY
from bouquet.config.demo.articles.magazine import MAGAZINE, WORKSHOP
from bouquet.config.demo.articles.making import DemoArticle

ARTICLES = [*ECONOMY, *MAGAZINE, *WORKSHOP]

__all__ = ["ARTICLES", "DemoArticle"]
