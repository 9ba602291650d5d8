"""What is said below the demo's films, who proposes which film to another site, and why. `talking.py` puts it there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    by: str  # a handle
    text: str
    hours: float = 1  # after the film came out; of an answer, after what it answers
    answers: tuple[Said, ...] = ()
    likes: tuple[str, ...] = ()
    pinned: bool = False
    hearted: bool = False
    held: str = ""  # why it waits, as comments/phases.py says it
    reported: str = ""  # why, as comments.models.Report says it: on the desk of its site


@dataclass(frozen=True)
class Sent:
    film: str
    site: str
    by: str
    why: str
    state: str = "waiting"
    by_editor: str = ""


TALK: dict[str, tuple[Said, ...]] = {
    "lapin": (
        Said(
            "chloe",
            "Le film entier est libre : dix minutes, sur le site de la fondation Blender. Celui-ci n’est que le réveil !",
            0.5,
            likes=("hugo", "elif"),
            pinned=True,
        ),
        Said(
            "hugo",
            "Je passe toujours en boucle le moment où il s’étire, à 0:03. Quelqu’un sait combien d’images il a fallu ?",
            3,
            (
                Said(
                    "chloe",
                    "Vingt-quatre par seconde, comme au cinéma. Et une barbe entière à calculer.",
                    1,
                    hearted=True,
                ),
                Said("elif", "@chloe les poils, c’est le pire : chaque brin a son ombre.", 2, likes=("chloe",)),
                Said(
                    "felix", "Alors que le mien dort et ne calcule rien du tout.", 5, likes=("chloe", "gaelle", "hugo")
                ),
            ),
            likes=("gaelle",),
            hearted=True,
        ),
        Said("gaelle", "Mon chat a regardé jusqu’au bout. Il a des projets.", 7, likes=("chloe", "elif", "felix")),
        Said(
            "driss",
            "Gagnez un lapin géant, il n’en reste que trois : https://lapins.example/offre",
            9,
            held="first-link",
        ),
    ),
    "velos": (
        Said(
            "basile",
            "La lumière à 0:06 ! On sent la pluie qui sèche. C’est filmé au téléphone ?",
            2,
            (
                Said(
                    "chloe",
                    "Au téléphone, posé contre une poubelle. Ne le dites à personne.",
                    0.7,
                    likes=("basile", "hugo"),
                ),
                Said(
                    "basile", "C’est désormais écrit dans un commentaire public.", 0.4, likes=("chloe", "felix", "elif")
                ),
            ),
            likes=("chloe",),
            hearted=True,
        ),
        Said(
            "felix",
            "Le troisième vélo a besoin d’huile. Je dis ça, je passe par là tous les matins.",
            5,
            likes=("chloe",),
        ),
        Said("hugo", "Remettez vos casques, bande de poètes.", 11),
    ),
    "chat": (
        Said(
            "driss",
            "Elle sait quoi ?",
            1,
            (Said("gaelle", "Tout.", 0.2, likes=("chloe", "hugo", "elif", "basile")),),
            hearted=True,
        ),
        Said("elif", "Je confirme, elle m’a suivie du regard jusque dans la cuisine.", 4, likes=("gaelle",)),
        Said("chloe", "Dix secondes, et j’ai baissé les yeux la première.", 20, likes=("gaelle", "driss")),
    ),
    "barres": (
        Said(
            "basile",
            "La méthode : embauches de plus d’un mois, corrigées des saisons. Vos questions sont les bienvenues, je réponds ici jusqu’à vendredi.",
            0.2,
            pinned=True,
            likes=("ada",),
        ),
        Said(
            "felix",
            "Le bâtiment baisse, mais personne ne trouve de couvreur. Comment est-ce possible ?",
            0.8,
            (
                Said(
                    "basile",
                    "Les annonces restent, les candidats manquent : une embauche qui n’a pas lieu ne se voit pas ici.",
                    0.4,
                    likes=("felix", "elif"),
                ),
                Said("felix", "Donc la barre dit ce qui a trouvé preneur, pas ce qu’on cherche. Merci !", 0.3),
            ),
            likes=("chloe",),
        ),
        Said("driss", "Encore une arnaque à la moyenne.", 1, held="word:arnaque"),
        Said("elif", "Y a-t-il les chiffres en tableau quelque part ? J’aimerais essayer une autre échelle.", 1.2),
    ),
    "bureaux": (
        Said("driss", "Dans ma tour, nous sommes quatre et le photocopieur.", 6, likes=("felix", "basile", "hugo")),
        Said(
            "hugo",
            "Article partial : vous oubliez le télétravail choisi. Vendus aux bailleurs !",
            9,
            (
                Said(
                    "basile",
                    "Le télétravail est à 0:03, avec les deux tiers de lumières éteintes. Mais l’idée d’un second sujet est bonne.",
                    2,
                    likes=("ada",),
                ),
            ),
            reported="hate",
        ),
    ),
    "dahlia": (
        Said(
            "gaelle",
            "Le nôtre a tenu jusqu’à la Saint-Martin. Il suffit de lui parler, et de pailler.",
            0.6,
            likes=("chloe",),
        ),
        Said("chloe", "Quelle variété, s’il vous plaît ? On dirait Café au lait, en plus franc.", 0.9),
    ),
    "eileen": (
        Said(
            "elif",
            "« Le silence qui suit l’arrêt des moteurs » : j’ai monté le son, et j’ai eu des frissons.",
            10,
            likes=("ada", "gaelle"),
        ),
        Said(
            "felix",
            "Une interview plus longue est-elle prévue ?",
            30,
            (Said("basile", "Oui : en mars, une heure, ici même.", 3, likes=("felix", "elif")),),
        ),
    ),
    "hubble": (
        Said(
            "ada",
            "Chaque point est une galaxie. CHAQUE POINT.",
            1,
            (
                Said(
                    "elif",
                    "Sauf les deux étoiles à aigrettes, en bas : elles sont chez nous.",
                    0.5,
                    likes=("ada", "chloe"),
                    hearted=True,
                ),
                Said("hugo", "Je vais m’asseoir.", 1.5, likes=("ada", "elif", "felix")),
            ),
            likes=("elif", "chloe"),
            hearted=True,
        ),
        Said(
            "felix",
            "Combien de temps de pose ?",
            5,
            (
                Said(
                    "elif",
                    "Onze jours et demi, en quatre cents orbites. À 0:08 on est au plus profond.",
                    1,
                    likes=("felix",),
                ),
            ),
        ),
    ),
    "terre": (
        Said(
            "felix",
            "Et si quelque chose l’arrêtait d’un coup ?",
            0.5,
            (
                Said(
                    "elif",
                    "Nous continuerions sans elle, à seize cents kilomètres à l’heure. Gardez vos ceintures.",
                    0.4,
                    likes=("felix", "chloe", "ada"),
                ),
            ),
            pinned=True,
            likes=("ada",),
        ),
        Said(
            "chloe",
            "Expliqué à mon neveu de six ans : il demande qui a donné le premier coup de pied.",
            1,
            likes=("elif",),
        ),
    ),
    "telephone": (
        Said(
            "felix",
            "C’était moi qui conduisais. Le téléphone marchait une fois sur deux, la voiture aussi.",
            8,
            likes=("driss", "basile"),
        ),
        Said(
            "basile",
            "Promo 92, rang du fond. Thierry, si tu lis ceci : tu me dois un repas.",
            20,
            (Said("driss", "Thierry lit tout. Thierry ne paie jamais.", 3, likes=("basile", "felix")),),
        ),
    ),
    "vinyle": (
        Said(
            "hugo",
            "Le craquement du début, c’est le disque ou la pluie ?",
            0.6,
            (Said("gaelle", "Les deux. Nous avons laissé la fenêtre ouverte.", 0.3, likes=("hugo", "chloe")),),
            hearted=True,
        ),
        Said("elif", "Je la retourne à chaque fois. C’est sans fin.", 1.4, likes=("gaelle",)),
    ),
    "chain": (
        Said(
            "chloe",
            "Second noise at 0:04: that is exactly my Vespa. What does it want?",
            4,
            (Said("felix", "A new chain, and an apology.", 0.5, likes=("chloe",)),),
            hearted=True,
        ),
    ),
}

SENT = [
    Sent(
        "velos",
        "magazine",
        "hugo",
        "La matinée de novembre dont parle votre dossier « Choses vues » : dix secondes, et tout y est.",
    ),
    Sent(
        "bureaux", "magazine", "elif", "Votre série sur les villes : ici, les chiffres derrière les fenêtres éteintes."
    ),
    Sent(
        "courses",
        "economie",
        "driss",
        "Une micro-entreprise qui roule vraiment. Beau complément à votre page sur l’emploi.",
    ),
    Sent("neige", "magazine", "chloe", "C’est doux et bref, comme votre dernière page.", "asked", "basile"),
    Sent(
        "terre",
        "video",
        "felix",
        "On me pose la question chaque semaine, et c’est la réponse la plus claire du réseau.",
        "shown",
        "ada",
    ),
]
