"""What the newsrooms and the answerers publish."""

from __future__ import annotations

from bouquet.config.demo import sources as s
from bouquet.config.demo.videos.making import DemoVideo, drawn, flight, globe, pattern, still

MANDELBROT = (
    "mandelbrot=s=1280x720:r=25:maxiter=240:start_x=-0.74364388:start_y=-0.13182590:start_scale=0.9:end_scale=0.01"
    ":end_pts=300,format=gray,format=yuv444p,pseudocolor=preset=magma"
)

ECONOMY = [  # Le Comptoir
    DemoVideo(
        "barres",
        "economie",
        "basile",
        "Qui emploie ? Huit secteurs au coude à coude",
        "Un an d’embauches en douze secondes : le bâtiment cède, les services dépassent, l’énergie revient.",
        s.DRAWN,
        drawn("bar_race", "energetic/energetic_acoustic_1"),
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
        drawn("market_day", "calm/calm_electronic_s522"),
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
        flight(s.RELIEF, "calm/calm_electronic_s411", "505 215", "575 270"),
        desk=True,
        days=7,
    ),
]

MAGAZINE = [  # Septembre
    DemoVideo(
        "dahlia",
        "magazine",
        "basile",
        "Le dahlia, dernière fleur de l’été",
        "Une visite au jardin, avant la première gelée.",
        s.DAHLIA,
        still(s.DAHLIA, "tender/tender_acoustic_1", start="1.02 0.45 0.5", end="1.45 0.44 0.48"),
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
        still(s.COFFEE, "nostalgic/nostalgic_acoustic_1", start="1.5 0.55 0.4", end="1.04 0.5 0.5"),
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
        still(s.PALACE, "calm/calm_acoustic_s411", start="1.05 0.3 0.4", end="1.4 0.34 0.3"),
        desk=True,
        days=5,
    ),
    DemoVideo(
        "eileen",
        "magazine",
        "basile",
        "Portrait : Eileen Collins, commandante",
        "La première femme aux commandes d’une navette raconte le silence qui suit l’arrêt des moteurs.",
        s.ASTRONAUT,
        still(s.ASTRONAUT, "tender/tender_electronic_1", start="1.35 0.5 0.25", end="1.05 0.5 0.4"),
        desk=True,
        days=8,
        likes=("elif", "ada"),
    ),
]

ANSWERS = [  # La Réponse D
    DemoVideo(
        "terre",
        "reponses",
        "elif",
        "Pourquoi la Terre tourne-t-elle ?",
        "Parce que rien ne l’arrête. Un tour en quatorze secondes.",
        s.EARTH,
        globe(s.EARTH, "calm/calm_electronic_s411"),
        desk=True,
        days=0,
        likes=("chloe", "felix", "ada"),
    ),
    DemoVideo(
        "abysses",
        "reponses",
        "elif",
        "Où l’océan est-il le plus profond ?",
        "À l’est des Mariannes, onze kilomètres sous la surface.",
        s.OCEANS,
        flight(s.OCEANS, "calm/calm_acoustic_s411", "780 330", "900 420"),
        desk=True,
        days=3,
    ),
    DemoVideo(
        "fractale",
        "reponses",
        "elif",
        "C’est quoi, une fractale ?",
        "Une forme qui se ressemble à toutes les échelles. On zoome.",
        s.DRAWN,
        pattern(MANDELBROT, "calm/calm_electronic_s522"),
        desk=True,
        days=6,
        likes=("hugo",),
    ),
]
