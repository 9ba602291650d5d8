"""What is said and shown in a few of the demo's films: captions in two languages, chapters. Times in seconds."""

Line = tuple[float, float, str]

TEXTS: dict[str, dict[str, list[Line]]] = {
    "lapin": {
        "fr": [
            (0.2, 1.4, "[La forêt s’éveille]"),
            (1.5, 2.9, "Dans la prairie, tout est calme."),
            (3.0, 4.1, "Le lapin ouvre un œil…"),
            (4.2, 5.2, "…et décide que c’est trop tôt."),
        ],
        "en": [
            (0.2, 1.4, "[The forest wakes up]"),
            (1.5, 2.9, "All is quiet in the meadow."),
            (3.0, 4.1, "The rabbit opens one eye…"),
            (4.2, 5.2, "…and decides it is too early."),
        ],
    },
    "velos": {
        "fr": [
            (0.3, 2.6, "Sept heures du matin, place de la gare."),
            (2.8, 5.0, "Les premiers vélos traversent les flaques."),
            (5.2, 7.4, "La pluie sèche déjà sur les rails du tramway."),
            (7.6, 9.6, "<i>Dans une heure, on ne s’entendra plus.</i>"),
        ],
        "en": [
            (0.3, 2.6, "Seven in the morning, on the station square."),
            (2.8, 5.0, "The first bicycles cross the puddles."),
            (5.2, 7.4, "The rain is drying on the tram rails already."),
            (7.6, 9.6, "<i>In an hour nobody will hear a word.</i>"),
        ],
    },
    "barres": {
        "fr": [
            (0.3, 3.2, "<v Basile>Huit secteurs, un an d’embauches."),
            (3.4, 6.4, "<v Basile>Au printemps, le bâtiment cède du terrain."),
            (6.6, 9.2, "<v Basile>Les services passent devant."),
            (9.4, 11.6, "<v Basile>Et l’énergie revient, là où personne ne l’attendait."),
        ],
        "en": [
            (0.3, 3.2, "<v Basile>Eight sectors, one year of hiring."),
            (3.4, 6.4, "<v Basile>In spring, construction loses ground."),
            (6.6, 9.2, "<v Basile>Services take the lead."),
            (9.4, 11.6, "<v Basile>And energy is back, where nobody expected it."),
        ],
    },
}
CHAPTERS: dict[str, list[tuple[float, str]]] = {
    "barres": [
        (0, "L’hiver"),
        (3.3, "Le printemps : le bâtiment cède"),
        (6.5, "L’été des services"),
        (9.3, "Le retour de l’énergie"),
    ],
    "velos": [(0, "La place"), (2.7, "Les flaques"), (5.1, "Les rails")],
}
