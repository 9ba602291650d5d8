"""What members send: to the video site, the tribes, the blogs, the classmates and the odd jobs."""

from __future__ import annotations

from bouquet.config.demo import sources as s
from bouquet.config.demo.videos.making import DemoVideo, drawn, flight, pattern, still

LIFE = "life=s=320x180:mold=12:r=25:ratio=0.12:death_color=#c83232:life_color=#33ffcc:mold_color=#11223a,scale=1280:720:flags=neighbor"

SHARED = [  # Travelling: what people share
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
        still(s.CAT, "happy/happy_acoustic_1", seconds=10, start="1.02 0.5 0.5", end="1.5 0.55 0.42"),
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
        drawn("paper_waves", "calm/calm_acoustic_1"),
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
        pattern(LIFE, "calm/calm_electronic_s411"),
        days=9,
    ),
]

TRIBES = [  # Tribus
    DemoVideo(
        "hubble",
        "tribus",
        "elif",
        "Dix mille galaxies dans un grain de sable",
        "La tribu du ciel commente le champ ultra-profond de Hubble.",
        s.HUBBLE,
        still(s.HUBBLE, "calm/calm_electronic_s522", seconds=14, start="1.05 0.5 0.5", end="2.2 0.62 0.4"),
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
        still(s.MOON, "calm/calm_acoustic_s522", start="1.8 0.3 0.4", end="1.3 0.6 0.6"),
        days=4,
    ),
    DemoVideo(
        "alpes",
        "tribus",
        "felix",
        "La traversée des Alpes, vue d’en haut",
        "Le tracé de l’été prochain : qui vient ?",
        s.RELIEF,
        flight(s.RELIEF, "happy/happy_acoustic_2", "528 243", "548 240"),
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
        drawn("hills_at_dawn", "nostalgic/nostalgic_acoustic_s411"),
        days=10,
        likes=("gaelle", "chloe"),
    ),
]

BLOGS = [  # Blablog
    DemoVideo(
        "neige",
        "blogs",
        "gaelle",
        "Il neige sur ma rue",
        "Rien à dire de plus, mais regardez.",
        s.DRAWN,
        drawn("snow_village", "tender/tender_acoustic_2"),
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
        drawn("lanterns", "calm/calm_electronic_s411"),
        days=5,
        likes=("gaelle",),
    ),
]

CLASSMATES = [  # Le Préau
    DemoVideo(
        "telephone",
        "classe",
        "driss",
        "Promo 92 : le téléphone dans la voiture",
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
        drawn("blackboard", "nostalgic/nostalgic_acoustic_s522"),
        days=6,
    ),
]

ODD_JOBS = [  # Coup de main
    DemoVideo(
        "moto",
        "coup-de-main",
        "felix",
        "Je remets votre moto en route",
        "Carburateur, bougies, chaîne : je me déplace le samedi. Étudiant en mécanique.",
        s.MOTORCYCLE,
        still(s.MOTORCYCLE, "energetic/energetic_acoustic_2", start="1.6 0.7 0.5", end="1.05 0.5 0.5"),
        days=1,
        likes=("driss",),
    ),
    DemoVideo(
        "courses",
        "coup-de-main",
        "chloe",
        "Vos courses à vélo, même tard",
        "Entre 18 h et 23 h, dans tout le centre.",
        s.DRAWN,
        drawn("city_at_night", "happy/happy_electronic_1"),
        days=3,
    ),
]
