"""The pictures of the demo's articles: what the films are made of, cut or drawn as stills, with their makers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from bouquet.config.demo import sources as s
from bouquet.config.demo.drawings import DRAWINGS
from bouquet.config.demo.sources import Source


@dataclass(frozen=True)
class DemoPicture:
    shows: str
    make: Callable[[], Image.Image]
    source: Source
    point: tuple[float, float] = (0.5, 0.5)  # what matters in it, from 0 to 1


def _photo(shows: str, source: Source, point: tuple[float, float] = (0.5, 0.5)) -> DemoPicture:
    return DemoPicture(shows, lambda: Image.open(source.file).convert("RGB"), source, point)


def _map(shows: str, source: Source, left: float, top: float, wide: float) -> DemoPicture:
    """A piece of a large map, 16:9; `left`, `top` and `wide` as shares of the whole width and height."""

    def make() -> Image.Image:
        with Image.open(source.file) as whole:
            x, y, width = int(left * whole.width), int(top * whole.height), int(wide * whole.width)
            return whole.convert("RGB").crop((x, y, x + width, y + width * 9 // 16)).resize((1920, 1080))

    return DemoPicture(shows, make, source)


def _drawn(shows: str, name: str, at: float) -> DemoPicture:
    return DemoPicture(shows, lambda: DRAWINGS[name](at).convert("RGB"), s.DRAWN)


PICTURES: dict[str, DemoPicture] = {
    "cafe": _photo("Une tasse de café et sa cuillère, vues de près sur une table sombre", s.COFFEE, (0.5, 0.45)),
    "chat": _photo("Un chat roux regarde droit dans l’objectif", s.CAT, (0.55, 0.35)),
    "fusee": _photo("Une fusée quitte son pas de tir dans une gerbe de lumière", s.ROCKET, (0.45, 0.5)),
    "galaxies": _photo("Des centaines de galaxies, chacune une tache de couleur sur fond noir", s.HUBBLE),
    "moto": _photo("Une moto dans un garage, entre des outils et des pots de peinture", s.MOTORCYCLE, (0.5, 0.6)),
    "palais": _photo("Les toits dorés d’un palais chinois au-dessus des arbres", s.PALACE, (0.5, 0.45)),
    "dahlia": _photo("Un dahlia orange grand ouvert, des gouttes sur ses pétales", s.DAHLIA, (0.55, 0.5)),
    "mediterranee": _map("La Méditerranée vue de l’espace, l’Italie au milieu", s.EARTH, 0.475, 0.24, 0.16),
    "sahara": _map("Le Sahara et la vallée du Nil vus de l’espace", s.EARTH, 0.5, 0.3, 0.14),
    "alpes": _map("Le relief des Alpes et de la plaine du Pô", s.RELIEF, 0.505, 0.225, 0.07),
    "atlantique": _map("Le fond de l’océan Atlantique et sa dorsale", s.OCEANS, 0.33, 0.26, 0.2),
    "ville": _drawn("Une ville la nuit, quelques fenêtres allumées sous une grosse lune", "city_at_night", 3),
    "collines": _drawn("Des collines bleues l’une derrière l’autre, le soleil qui se lève", "hills_at_dawn", 9),
    "neige": _drawn("Une rue de maisons éclairées sous la neige qui tombe", "snow_village", 4),
    "barres": _drawn("Huit barres de couleur, de longueurs inégales", "bar_race", 9),
    "courbe": _drawn("Une courbe verte qui monte et descend au fil de la journée", "market_day", 9),
    "vagues": _drawn("Des vagues en papier découpé sous un soleil rouge", "paper_waves", 6),
    "tableau": _drawn("Une rosace dessinée à la craie sur un tableau noir", "blackboard", 9),
    "lanternes": _drawn("Des lanternes de papier montent au-dessus d’un lac", "lanterns", 6),
    "vinyle": _drawn("Un disque noir sur une platine rouge", "vinyl", 2),
    "cordes": _drawn("Douze cordes de couleur qui vibrent dans le noir", "strings", 1.4),
}
