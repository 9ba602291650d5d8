"""The demo's sites: eleven places that a media group could run, on the kinds that are built.

`brand` names an entry of brands.py. `atelier` stands on a host of another domain, to show that one sign-in is enough there too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoSite:
    slug: str
    host: str  # "" is the network's own; a name without a dot stands below it
    name: str
    tagline: str
    about: str
    brand: str
    language: str = "fr"
    territory: str = "FR"
    kinds: tuple[str, ...] = ("videos",)
    channel: str = ""  # the site's own channel, where its desk publishes


SITES = [
    DemoSite(
        "bouquet",
        "",
        "Bouquet",
        "Un compte, onze maisons",
        "Le réseau entier : ce qui vient de paraître, partout.",
        "bouquet",
        kinds=(),
    ),
    DemoSite(
        "economie",
        "economie",
        "Le Comptoir",
        "L’économie, chiffres en main",
        "Le quotidien de celles et ceux qui entreprennent.",
        "economie",
        kinds=("articles", "videos", "newsletters"),
        channel="La rédaction du Comptoir",
    ),
    DemoSite(
        "magazine",
        "magazine",
        "Septembre",
        "Le magazine des jours ordinaires",
        "Reportages, portraits et choses vues.",
        "magazine",
        kinds=("articles", "videos", "newsletters", "photos"),
        channel="Septembre",
    ),
    DemoSite(
        "video",
        "video",
        "Travelling",
        "Vos vidéos, à l’instant",
        "Envoyez une vidéo d’un téléphone ou d’un ordinateur : elle se regarde aussitôt.",
        "video",
    ),
    DemoSite(
        "tribus",
        "tribus",
        "Tribus",
        "On se ressemble, on s’assemble",
        "Des communautés par affinité : le ciel, la montagne, la mer.",
        "tribus",
        kinds=("videos", "photos"),
    ),
    DemoSite(
        "blogs",
        "blogs",
        "Blablog",
        "Écrire, papoter, recommencer",
        "Les carnets de celles et ceux qui n’ont pas fini leur phrase.",
        "blogs",
    ),
    DemoSite(
        "reponses",
        "reponses",
        "La Réponse D",
        "Une question, une vraie réponse",
        "Aide et mode d’emploi du monde.",
        "reponses",
        channel="La Réponse D",
    ),
    DemoSite(
        "classe",
        "classe",
        "Le Préau",
        "Retrouver les copains de classe",
        "Photos, films et nouvelles des promotions.",
        "classe",
        territory="BE",
    ),
    DemoSite(
        "coup-de-main",
        "coup-de-main",
        "Coup de main",
        "Étudiants et familles s’entraident",
        "Petits services entre voisins, contre rémunération.",
        "coup-de-main",
    ),
    DemoSite(
        "musique",
        "musique",
        "Nocturne",
        "La musique, morceau par morceau",
        "Sessions, clips et nouveautés.",
        "musique",
        channel="Nocturne sessions",
    ),
    DemoSite(
        "series",
        "series",
        "Salle 7",
        "Des séries, à l’épisode",
        "Bandes-annonces et épisodes.",
        "series",
        channel="Salle 7",
    ),
    DemoSite(
        "atelier",
        "atelier.localhost",
        "Atelier",
        "Make it, mend it",
        "A workshop in English, on a domain of its own.",
        "atelier",
        language="en",
        territory="GB",
        kinds=("articles", "videos"),
    ),
]
