"""What is listened to and watched in the evening, and the workshop in English."""

from __future__ import annotations

from bouquet.config.demo import sources as s
from bouquet.config.demo.videos.making import DemoVideo, drawn, still

MUSIC = [  # Nocturne
    DemoVideo(
        "vinyle",
        "musique",
        "gaelle",
        "Face B",
        "Le morceau que personne n’avait retourné.",
        s.DRAWN,
        drawn("vinyl", "nostalgic/nostalgic_acoustic_1", 16),
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
        drawn("strings", "tender/tender_acoustic_s411", 16),
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
        drawn("equaliser", "energetic/energetic_electronic_2", 14),
        desk=True,
        days=5,
    ),
]

SERIES = [  # Salle 7
    DemoVideo(
        "veilleurs",
        "series",
        "hugo",
        "Les Veilleurs, bande-annonce",
        "Une ville, sept fenêtres, quelqu’un qui n’éteint jamais.",
        s.DRAWN,
        drawn("city_at_night", "nostalgic/nostalgic_electronic_2", 14),
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
        still(s.ROCKET, "energetic/energetic_electronic_s411", start="1.4 0.5 0.7", end="1.05 0.5 0.4"),
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
]

WORKSHOP = [  # Atelier
    DemoVideo(
        "chain",
        "atelier",
        "felix",
        "Listen to your engine before you open it",
        "Three noises, three causes, one spanner.",
        s.MOTORCYCLE,
        still(s.MOTORCYCLE, "happy/happy_electronic_2", start="2.2 0.45 0.62", end="1.4 0.62 0.5"),
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
        still(s.COFFEE, "calm/calm_acoustic_1", start="1.05 0.5 0.5", end="1.9 0.52 0.38"),
        days=4,
    ),
]
