"""What the demo shows: each film with its words, its maker and its credit. Real clips first, then made ones (film.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bouquet.config.demo import film
from bouquet.config.demo import sources as s
from bouquet.config.demo.sources import Source

Make = Callable[[Path], None]


@dataclass(frozen=True)
class DemoVideo:
    name: str  # of the file
    site: str
    by: str  # a handle; where the site has a channel and `desk` is set, the channel publishes
    title: str
    summary: str
    source: Source
    make: Make | None = None  # None: the source is the film itself
    desk: bool = False
    days: int = 0  # how long ago it was published
    likes: tuple[str, ...] = ()
    download: bool = False
    rating: int = 0


def _drawn(name: str, track: str, seconds: int = 12) -> Make:
    return partial(_late, "drawing", name, track, seconds=seconds)


def _late(kind: str, first: object, track: str, out: Path, /, **options: object) -> None:
    getattr(film, kind)(first, track, out, **options)


def _still(picture: Source, track: str, **options: object) -> Make:
    return partial(_late, "drift", picture, track, **options)


def _flight(map_: Source, track: str, start: str, end: str) -> Make:
    return partial(_late, "flight", map_, track, start=start, end=end)


MANDELBROT = (
    "mandelbrot=s=1280x720:r=25:maxiter=240:start_x=-0.74364388:start_y=-0.13182590:start_scale=0.9:end_scale=0.01"
    ":end_pts=300,format=gray,format=yuv444p,pseudocolor=preset=magma"
)
LIFE = "life=s=320x180:mold=12:r=25:ratio=0.12:death_color=#c83232:life_color=#33ffcc:mold_color=#11223a,scale=1280:720:flags=neighbor"

VIDEOS = [
    # Travelling: what people share
    DemoVideo(
        "lapin",
        "video",
        "chloe",
        "Le réveil du lapin",
        "Le plus grand dormeur de la prairie ouvre un œil. Extrait de Big Buck Bunny, film libre de la fondation Blender.",
        s.BUNNY,
        days=1,
        likes=("basile", "elif", "hugo", "gaelle"),
        download=True,
    ),
    DemoVideo(
        "velos",
        "video",
        "chloe",
        "Sept heures, place de la gare",
        "Dix secondes de vélos, de reflets et de pluie qui sèche.",
        s.BIKES,
        days=2,
        likes=("basile", "felix"),
    ),
    DemoVideo(
        "chat",
        "video",
        "gaelle",
        "Chelsea vous regarde",
        "Elle sait. Elle ne dira rien.",
        s.CAT,
        _still(s.CAT, "happy/happy_acoustic_1", seconds=10, start="1.02 0.5 0.5", end="1.5 0.55 0.42"),
        days=3,
        likes=("chloe", "basile", "driss", "hugo", "elif"),
    ),
    DemoVideo(
        "vagues",
        "video",
        "hugo",
        "Mer de papier",
        "Six feuilles découpées, un soleil, du vent.",
        s.DRAWN,
        _drawn("paper_waves", "calm/calm_acoustic_1"),
        days=6,
        likes=("gaelle",),
        download=True,
    ),
    DemoVideo(
        "vie",
        "video",
        "elif",
        "Le jeu de la vie",
        "Trois règles, et cela grouille. Automate de Conway, avec moisissure.",
        s.DRAWN,
        partial(_late, "pattern", LIFE, "calm/calm_electronic_s411"),
        days=9,
    ),
    # Le Comptoir
    DemoVideo(
        "barres",
        "economie",
        "basile",
        "Qui emploie ? Huit secteurs au coude à coude",
        "Un an d’embauches en douze secondes : le bâtiment cède, les services dépassent, l’énergie revient.",
        s.DRAWN,
        _drawn("bar_race", "energetic/energetic_acoustic_1"),
        desk=True,
        days=0,
        likes=("ada",),
    ),
    DemoVideo(
        "marche",
        "economie",
        "basile",
        "La séance du jour, minute par minute",
        "Ouverture hésitante, rebond à midi, clôture au plus haut.",
        s.DRAWN,
        _drawn("market_day", "calm/calm_electronic_s522"),
        desk=True,
        days=1,
    ),
    DemoVideo(
        "bureaux",
        "economie",
        "basile",
        "Bureaux vides, loyers pleins",
        "Dans les tours du quartier d’affaires, une lumière sur trois. Pourquoi les prix ne baissent pas.",
        s.CITY,
        desk=True,
        days=4,
        likes=("driss",),
    ),
    DemoVideo(
        "routes",
        "economie",
        "basile",
        "De Rotterdam à Istanbul, la route du fret",
        "Survol d’un continent qui déplace ses marchandises vers l’est.",
        s.RELIEF,
        _flight(s.RELIEF, "calm/calm_electronic_s411", "505 215", "575 270"),
        desk=True,
        days=7,
    ),
    # Septembre
    DemoVideo(
        "dahlia",
        "magazine",
        "basile",
        "Le dahlia, dernière fleur de l’été",
        "Une visite au jardin, avant la première gelée.",
        s.DAHLIA,
        _still(s.DAHLIA, "tender/tender_acoustic_1", start="1.02 0.45 0.5", end="1.45 0.44 0.48"),
        desk=True,
        days=0,
        likes=("chloe", "gaelle", "elif"),
    ),
    DemoVideo(
        "cafe",
        "magazine",
        "basile",
        "Un café, debout",
        "Au comptoir de la rue des Martyrs, la tasse est rouge et le temps court.",
        s.COFFEE,
        _still(s.COFFEE, "nostalgic/nostalgic_acoustic_1", start="1.5 0.55 0.4", end="1.04 0.5 0.5"),
        desk=True,
        days=2,
        likes=("hugo",),
    ),
    DemoVideo(
        "palais",
        "magazine",
        "basile",
        "Pékin, le pavillon au-dessus du lac",
        "Huit côtés, quatre toits, et vingt-neuf kilomètres de promenades.",
        s.PALACE,
        _still(s.PALACE, "calm/calm_acoustic_s411", start="1.05 0.3 0.4", end="1.4 0.34 0.3"),
        desk=True,
        days=5,
    ),
    DemoVideo(
        "eileen",
        "magazine",
        "basile",
        "Portrait : Eileen Collins, commandante",
        "La première femme aux commandes d’une navette raconte le silence qui suit l’arrêt des moteurs.",
        s.ASTRONAUT,
        _still(s.ASTRONAUT, "tender/tender_electronic_1", start="1.35 0.5 0.25", end="1.05 0.5 0.4"),
        desk=True,
        days=8,
        likes=("elif", "ada"),
    ),
    # Tribus
    DemoVideo(
        "hubble",
        "tribus",
        "elif",
        "Dix mille galaxies dans un grain de sable",
        "La tribu du ciel commente le champ ultra-profond de Hubble.",
        s.HUBBLE,
        _still(s.HUBBLE, "calm/calm_electronic_s522", seconds=14, start="1.05 0.5 0.5", end="2.2 0.62 0.4"),
        days=1,
        likes=("chloe", "ada", "hugo"),
    ),
    DemoVideo(
        "lune",
        "tribus",
        "elif",
        "Premier quartier",
        "Prise au foyer d’un petit réfracteur, un soir sans vent.",
        s.MOON,
        _still(s.MOON, "calm/calm_acoustic_s522", start="1.8 0.3 0.4", end="1.3 0.6 0.6"),
        days=4,
    ),
    DemoVideo(
        "alpes",
        "tribus",
        "felix",
        "La traversée des Alpes, vue d’en haut",
        "Le tracé de l’été prochain : qui vient ?",
        s.RELIEF,
        _flight(s.RELIEF, "happy/happy_acoustic_2", "528 243", "548 240"),
        days=6,
        likes=("chloe",),
    ),
    DemoVideo(
        "aube",
        "tribus",
        "felix",
        "Cinq heures au refuge",
        "Se lever tôt a du bon.",
        s.DRAWN,
        _drawn("hills_at_dawn", "nostalgic/nostalgic_acoustic_s411"),
        days=10,
        likes=("gaelle", "chloe"),
    ),
    # Blablog
    DemoVideo(
        "neige",
        "blogs",
        "gaelle",
        "Il neige sur ma rue",
        "Rien à dire de plus, mais regardez.",
        s.DRAWN,
        _drawn("snow_village", "tender/tender_acoustic_2"),
        days=1,
        likes=("chloe", "elif"),
    ),
    DemoVideo(
        "lampions",
        "blogs",
        "chloe",
        "La nuit des lampions",
        "On en avait lâché trente-quatre. Il en est revenu un.",
        s.DRAWN,
        _drawn("lanterns", "calm/calm_electronic_s411"),
        days=5,
        likes=("gaelle",),
    ),
    # La Réponse D
    DemoVideo(
        "terre",
        "reponses",
        "elif",
        "Pourquoi la Terre tourne-t-elle ?",
        "Parce que rien ne l’arrête. Un tour en quatorze secondes.",
        s.EARTH,
        partial(_late, "globe", s.EARTH, "calm/calm_electronic_s411"),
        desk=True,
        days=0,
        likes=("chloe", "felix", "ada"),
    ),
    DemoVideo(
        "abysses",
        "reponses",
        "elif",
        "Où l’océan est-il le plus profond ?",
        "À l’est des Mariannes, onze kilomètres sous la surface.",
        s.OCEANS,
        _flight(s.OCEANS, "calm/calm_acoustic_s411", "780 330", "900 420"),
        desk=True,
        days=3,
    ),
    DemoVideo(
        "fractale",
        "reponses",
        "elif",
        "C’est quoi, une fractale ?",
        "Une forme qui se ressemble à toutes les échelles. On zoome.",
        s.DRAWN,
        partial(_late, "pattern", MANDELBROT, "calm/calm_electronic_s522"),
        desk=True,
        days=6,
        likes=("hugo",),
    ),
    # Le Préau
    DemoVideo(
        "telephone",
        "classe",
        "driss",
        "Promo 92 : le téléphone dans la voiture",
        "On croyait que c’était l’avenir. C’était Thierry.",
        s.CARPHONE,
        days=2,
        likes=("felix", "basile"),
    ),
    DemoVideo(
        "tableau",
        "classe",
        "driss",
        "Le cours de géométrie de M. Vasseur",
        "Il dessinait ses rosaces sans lever la craie.",
        s.DRAWN,
        _drawn("blackboard", "nostalgic/nostalgic_acoustic_s522"),
        days=6,
    ),
    # Coup de main
    DemoVideo(
        "moto",
        "coup-de-main",
        "felix",
        "Je remets votre moto en route",
        "Carburateur, bougies, chaîne : je me déplace le samedi. Étudiant en mécanique.",
        s.MOTORCYCLE,
        _still(s.MOTORCYCLE, "energetic/energetic_acoustic_2", start="1.6 0.7 0.5", end="1.05 0.5 0.5"),
        days=1,
        likes=("driss",),
    ),
    DemoVideo(
        "courses",
        "coup-de-main",
        "chloe",
        "Vos courses à vélo, même tard",
        "Entre 18 h et 23 h, dans tout le centre.",
        s.DRAWN,
        _drawn("city_at_night", "happy/happy_electronic_1"),
        days=3,
    ),
    # Nocturne
    DemoVideo(
        "vinyle",
        "musique",
        "gaelle",
        "Face B",
        "Le morceau que personne n’avait retourné.",
        s.DRAWN,
        _drawn("vinyl", "nostalgic/nostalgic_acoustic_1", 16),
        desk=True,
        days=0,
        likes=("chloe", "hugo", "elif"),
    ),
    DemoVideo(
        "cordes",
        "musique",
        "gaelle",
        "Douze cordes pour une nuit",
        "Session enregistrée d’une seule prise.",
        s.DRAWN,
        _drawn("strings", "tender/tender_acoustic_s411", 16),
        desk=True,
        days=2,
        likes=("ada",),
    ),
    DemoVideo(
        "egaliseur",
        "musique",
        "gaelle",
        "150 battements",
        "Pour courir, ou pour faire semblant.",
        s.DRAWN,
        _drawn("equaliser", "energetic/energetic_electronic_2", 14),
        desk=True,
        days=5,
    ),
    # Salle 7
    DemoVideo(
        "veilleurs",
        "series",
        "hugo",
        "Les Veilleurs, bande-annonce",
        "Une ville, sept fenêtres, quelqu’un qui n’éteint jamais.",
        s.DRAWN,
        _drawn("city_at_night", "nostalgic/nostalgic_electronic_2", 14),
        desk=True,
        days=1,
        likes=("chloe", "elif", "gaelle"),
    ),
    DemoVideo(
        "pas-de-tir",
        "series",
        "hugo",
        "Pas de tir, épisode 1",
        "La fusée est prête. L’équipage, moins.",
        s.ROCKET,
        _still(s.ROCKET, "energetic/energetic_electronic_s411", start="1.4 0.5 0.7", end="1.05 0.5 0.4"),
        desk=True,
        days=4,
        likes=("ada",),
        rating=12,
    ),
    DemoVideo(
        "nuit",
        "series",
        "hugo",
        "La Nuit du monde",
        "Un documentaire sans un mot, vu de quatre cents kilomètres.",
        s.NIGHT_EARTH,
        desk=True,
        days=8,
        likes=("elif",),
    ),
    # Atelier
    DemoVideo(
        "chain",
        "atelier",
        "felix",
        "Listen to your engine before you open it",
        "Three noises, three causes, one spanner.",
        s.MOTORCYCLE,
        _still(s.MOTORCYCLE, "happy/happy_electronic_2", start="2.2 0.45 0.62", end="1.4 0.62 0.5"),
        days=1,
        likes=("chloe",),
    ),
    DemoVideo(
        "espresso",
        "atelier",
        "felix",
        "A cup, a saucer, and what heat does to glaze",
        "Why the red holds.",
        s.COFFEE,
        _still(s.COFFEE, "calm/calm_acoustic_1", start="1.05 0.5 0.5", end="1.9 0.52 0.38"),
        days=4,
    ),
]
