"""The cast: the same people as in the tests and the documents, and their friends."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "bouquet-demo"  # noqa: S105 - shown on the screen, for a network that anybody may break


@dataclass(frozen=True)
class Member:
    email: str
    name: str
    handle: str
    about: str
    staff: bool = False
    edits: tuple[str, ...] = ()  # sites whose desk they may enter


CAST = [
    Member(
        "ada@bouquet.example",
        "Ada Lambert",
        "ada",
        "Fait pousser ce bouquet. Répond aux courriels avant neuf heures.",
        staff=True,
    ),
    Member(
        "basile@bouquet.example",
        "Basile Moreau",
        "basile",
        "Rédacteur. Écrit court, relit longtemps.",
        edits=("economie", "magazine"),
    ),
    Member("chloe@bouquet.example", "Chloé Nguyen", "chloe", "Filme tout ce qui bouge, surtout les vélos."),
    Member("driss@bouquet.example", "Driss El Amrani", "driss", "De passage."),
    Member("elif@bouquet.example", "Elif Kaya", "elif", "Le ciel, les cartes, et ce qui tourne."),
    Member("felix@bouquet.example", "Félix Dubreuil", "felix", "Répare. Démonte d’abord."),
    Member("gaelle@bouquet.example", "Gaëlle Le Bihan", "gaelle", "Guitares, cordes, et longs silences."),
    Member("hugo@bouquet.example", "Hugo Santini", "hugo", "Raconte des histoires en douze minutes."),
]
