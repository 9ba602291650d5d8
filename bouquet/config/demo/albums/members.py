"""Albums of members of Tribus."""

from __future__ import annotations

from bouquet.config.demo import sources as s
from bouquet.config.demo.albums.making import DemoAlbum, drawn, photo

MEMBERS = (
    DemoAlbum(
        "tribus",
        "elif",
        "Ce que l’on voit quand on éteint",
        "Mes préférées parmi celles que la tribu a choisies cet hiver, pour qui passe ses nuits la tête en arrière.",
        "science",
        ("astronomie", "nuit", "espace"),
        (
            photo(
                "Chaque tache est une galaxie",
                "Des centaines de galaxies, chacune une tache de couleur sur fond noir",
                s.HUBBLE,
            ),
            photo(
                "Deux spirales qui se frôlent",
                "Deux galaxies spirales proches l’une de l’autre",
                s.HUBBLE,
                0.1,
                0.55,
                0.5,
                0.85,
            ),
            photo("La mer de la Tranquillité", "La surface grise de la Lune, des cratères aux bords nets", s.MOON),
            photo(
                "Décollage",
                "Une fusée quitte son pas de tir dans une gerbe de lumière",
                s.ROCKET,
                focus=(45, 50),
            ),
            photo(
                "Eileen Collins, première femme aux commandes d’une navette",
                "Une astronaute en combinaison orange sourit devant un drapeau et une maquette de navette",
                s.ASTRONAUT,
                0.0,
                0.0,
                0.85,
                1.0,
                focus=(45, 25),
            ),
            drawn(
                "La ville n’éteint jamais tout à fait",
                "Une ville la nuit, quelques fenêtres allumées sous une grosse lune",
                "city_at_night",
                3,
                focus=(75, 45),
            ),
            drawn("Lâcher de lanternes", "Des lanternes de papier montent au-dessus d’un lac", "lanterns", 6),
        ),
        1.2,
        "Elif Kaya (choix)",
        "cc0",
        download=True,
        likes=("chloe", "felix", "driss", "gaelle", "hugo"),
    ),
    DemoAlbum(
        "tribus",
        "chloe",
        "Là-haut : la montagne en relief",
        "Préparer la prochaine traversée commence par regarder les cartes. Celles-ci ont des ombres.",
        "travel",
        ("montagne", "carte", "voyage"),
        (
            photo(
                "Les Alpes d’un seul tenant",
                "Carte en relief : un arc de montagnes au-dessus d’une plaine",
                s.RELIEF,
                0.505,
                0.23,
                0.575,
                0.30,
            ),
            photo(
                "Les Pyrénées, d’une mer à l’autre",
                "Carte en relief : une chaîne étroite entre deux mers",
                s.RELIEF,
                0.47,
                0.245,
                0.515,
                0.285,
            ),
            photo(
                "Les Andes",
                "Carte en relief : une longue chaîne plissée au bord de l’océan",
                s.RELIEF,
                0.275,
                0.52,
                0.335,
                0.70,
            ),
            drawn(
                "Six heures, versant est",
                "Des collines bleues l’une derrière l’autre, le soleil qui se lève",
                "hills_at_dawn",
                9,
            ),
            drawn(
                "Le refuge, en décembre",
                "Une rue de maisons éclairées sous la neige qui tombe",
                "snow_village",
                4,
                0.2,
                0.1,
                0.75,
                1.0,
            ),
        ),
        4.6,
        "Chloé Nguyen",
        "cc-by",
        cover=3,
        likes=("elif", "felix"),
    ),
    DemoAlbum(
        "tribus",
        "gaelle",
        "Mer de papier",
        "Un dimanche, des ciseaux, trois bleus. Dites-moi laquelle vous mettriez au mur.",
        "culture",
        ("papier", "mer"),
        (
            drawn("Marée du matin", "Des vagues en papier découpé sous un soleil rouge", "paper_waves", 2),
            drawn(
                "Marée haute", "Des vagues de papier, plus hautes, le soleil bas", "paper_waves", 6, 0.1, 0.1, 0.7, 1.0
            ),
            drawn(
                "Détail : la crête",
                "Les bords superposés de trois vagues de papier",
                "paper_waves",
                9,
                0.3,
                0.45,
                0.95,
                0.85,
            ),
            drawn(
                "Celle du soir", "Douze cordes de couleur qui vibrent dans le noir", "strings", 1.4, 0.1, 0.0, 0.6, 1.0
            ),
        ),
        9.3,
        "Gaëlle Le Bihan",
        "cc-by-nc",
        likes=("elif",),
    ),
)
