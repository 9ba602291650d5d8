"""Septembre: the magazine of ordinary days, and two workshops in English. Made up, like the rest of the demo."""

from __future__ import annotations

from bouquet.config.demo.articles.making import DemoArticle, asked, facts, gallery, picture, poll, quote, text

LOUISE, IDRIS, BASILE = "Louise Aubry", "Idris Benali", "Basile Moreau"

MAGAZINE = [
    DemoArticle(
        "magazine",
        "Reportages",
        "La nuit où le village a éteint ses lampes",
        "Un soir de novembre, les deux cent douze habitants de Combe-Noire ont coupé l’éclairage public. Pour voir. "
        "Ils ne l’ont pas rallumé.",
        (LOUISE,),
        "galaxies",
        (
            text(
                "Il faut d’abord vingt minutes pour que les yeux s’y fassent. Pendant ce temps, on parle bas, on se cogne, "
                "quelqu’un rit. Puis le ciel arrive, d’un coup, comme une porte qu’on ouvre.",
                "C’est l’institutrice qui a eu l’idée. Ses élèves devaient dessiner la Grande Ourse ; ils n’avaient jamais vu "
                "plus de six étoiles. Elle en a parlé au maire, qui a parlé au technicien, qui avait la clé.",
                "## Vingt-deux heures, place de l’église",
                "On avait prévu une heure. À minuit, personne n’était rentré. Le boulanger avait apporté des couvertures et le "
                "club d’astronomie de la vallée, deux lunettes. Une dame de quatre-vingt-onze ans a demandé à s’allonger dans l’herbe.",
            ),
            quote("La dernière fois que j’ai vu ça, on n’avait pas encore l’électricité à l’étable.", "Marthe, 91 ans"),
            picture("ville", "La vallée, le même soir : six kilomètres plus bas, on ne voit rien.", "page"),
            text(
                "Le conseil a voté au printemps : extinction de vingt-trois heures à cinq heures, sauf les soirs de fête. La "
                "facture a baissé d’un tiers, et ce n’est pas de cela que l’on parle.",
                "On parle des chauves-souris revenues sous le pont. De l’adolescent qui connaît maintenant Aldébaran. Et des "
                "voisins qui, certains soirs, sortent une chaise.",
            ),
            facts(
                "Éteindre chez soi",
                "Le maire peut en décider : c’est son pouvoir de police.",
                "Prévenir les habitants, et marquer les obstacles avec de la peinture qui réfléchit.",
                "Garder l’éclairage devant l’arrêt du car et la maison médicale.",
            ),
        ),
        form="feature",
        caption="Ce que l’on voit quand on ne voit plus rien d’autre.",
        themes="nuit, villages, ciel",
        series="Ceux qui restent",
        days=0.5,
        likes=("elif", "chloe", "ada"),
        says=(
            (
                "elif",
                "Vingt minutes pour que les yeux s’y fassent, et une seule lampe de téléphone pour tout recommencer. Pensez au filtre rouge !",
            ),
            ("chloe", "J’y étais. Le moment où tout le monde se tait, personne ne l’avait prévu."),
            ("gaelle", "Ça donne envie d’aller frapper à la mairie."),
        ),
    ),
    DemoArticle(
        "magazine",
        "Portraits",
        "Celle qui accorde les cloches",
        "Depuis trente ans, Odile Marchand écoute ce que les clochers ont de travers. Rencontre avec une femme qui travaille "
        "au-dessus des toits et parle à voix basse.",
        (IDRIS,),
        "cordes",
        (
            text(
                "Elle monte sans s’essouffler, un diapason dans une poche et un sandwich dans l’autre. Au sommet, elle ne touche à rien pendant un quart d’heure. Elle attend midi."
            ),
            asked(
                "Qu’est-ce qui se dérègle dans une cloche ?",
                "Presque rien. Le bronze ne bouge pas. C’est le battant qui s’use, ou le bois qui la tient. Une cloche fausse est souvent une cloche mal assise.",
            ),
            asked(
                "On vous appelle quand ?",
                "Quand quelqu’un est mort et qu’on l’a sonnée. Les gens écoutent, ces jours-là.",
            ),
            asked(
                "Et quand on se plaint du bruit ?",
                "Je propose de monter. En haut, on comprend que ce n’est pas un bruit, c’est une heure.",
            ),
            quote("Une cloche ne se répare pas : on l’aide à se souvenir."),
            text(
                "Elle n’a pas d’apprenti. Il y aurait bien la petite du sacristain, qui siffle juste. « On verra. Elle a le vertige, mais ça s’accorde aussi. »"
            ),
        ),
        form="interview",
        themes="métiers, musique, villages",
        series="Ceux qui restent",
        days=2,
        likes=("gaelle", "hugo"),
        says=(("gaelle", "« Une cloche mal assise »… la même chose exactement pour une guitare."),),
    ),
    DemoArticle(
        "magazine",
        "Saisons",
        "Première neige : mode d’emploi sentimental",
        "Elle tombe toujours un jour où l’on n’a pas les bonnes chaussures. Notes pour n’en rien perdre.",
        (LOUISE,),
        "neige",
        (
            text(
                "Sortir avant que quelqu’un n’ait marché dessus. C’est la seule règle, les autres se discutent.",
                "Ne pas prendre de photo la première demi-heure : le blanc mange tout et l’on n’aura regardé que l’écran. "
                "Écouter, plutôt. La neige enlève une octave à la rue.",
                "Rentrer quand les doigts ne répondent plus. Mettre les gants sur le radiateur, et un couvercle sur la casserole.",
            ),
        ),
        form="brief",
        themes="hiver",
        days=3.1,
        likes=("chloe",),
    ),
    DemoArticle(
        "magazine",
        "Reportages",
        "Sur le dernier bac du delta",
        "Quatorze voitures, un chien, deux ouvriers agricoles et un mariage : une journée sur le bac qui n’a pas encore été remplacé par un pont.",
        (IDRIS, BASILE),
        "mediterranee",
        (
            text(
                "À six heures, il n’y a que ceux qui travaillent. On ne se salue pas, on hausse le menton. Le passeur connaît les "
                "voitures au bruit.",
                "Le pont est promis depuis 1974. Chaque candidat l’a dessiné. Le dernier plan est affiché dans la cabine, à côté "
                "d’un calendrier et d’un numéro de dépanneuse.",
                "## Sept minutes",
                "C’est la durée de la traversée, et l’unité de mesure d’ici. On fait un café en sept minutes, on se dispute en "
                "sept minutes, on se demande en mariage, aussi : c’est arrivé deux fois.",
            ),
            quote("Le jour où il y aura un pont, je ne saurai plus qui va où.", "Le passeur"),
            picture("vagues", "Affiche pour la fête du bac, dessinée par l’école.", "text"),
            text("À midi, le mariage traverse en trois voyages. La mariée reste pour les trois."),
            gallery(
                "Le même quai, à trois heures différentes",
                ("collines", "Six heures. On hausse le menton."),
                ("lanternes", "Vingt-deux heures, la fête du bac."),
                ("ville", "Minuit, vu de l’autre rive."),
            ),
        ),
        form="feature",
        caption="Le delta est quelque part au nord de cette mer.",
        themes="mer, voyages, métiers",
        series="Ceux qui restent",
        days=5,
        likes=("hugo", "elif"),
    ),
    DemoArticle(
        "magazine",
        "Saisons",
        "Le dahlia, ou l’art de partir en dernier",
        "Quand tout le jardin a rendu les armes, il reste une fleur qui exagère. Éloge, et quelques conseils.",
        (LOUISE,),
        "dahlia",
        (
            text(
                "Il arrive en août, quand on a cessé d’attendre, et ne s’en va qu’à la première gelée, d’un coup, noir au matin.",
                "On le dit voyant. Il est surtout tardif : il a la politesse d’être beau quand plus rien ne l’est.",
            ),
            facts(
                "Passer l’hiver",
                "Attendre que le gel ait noirci le feuillage, puis couper à quinze centimètres.",
                "Sortir la motte à la fourche, sans la laver.",
                "La coucher dans une caisse de sable sec, à l’abri du gel, jusqu’en mai.",
            ),
        ),
        themes="jardin, saisons",
        days=8,
    ),
    DemoArticle(
        "magazine",
        "Saisons",
        "Une année en six lumières",
        "De l’aube sur les collines aux lampes sous la neige : six moments de l’année, et ce qui les éclaire.",
        (LOUISE,),
        "collines",
        (
            picture("dahlia", "Août. Le jardin n’attendait plus personne."),
            picture("vagues", "Septembre, à l’heure où l’eau garde la chaleur."),
            picture("lanternes", "Novembre. On les lâche pour les absents, le lac en rend la moitié."),
            picture("ville", "Décembre. Il est dix-sept heures."),
            picture("neige", "Janvier, rue haute : la lumière ne vient plus que des maisons."),
            text(
                "On croit se souvenir d’une année par ce qui s’y est passé. On s’en souvient par ce qui l’éclairait : une heure, "
                "un côté de la table, la couleur d’un mur.",
                "Ces six images ont été choisies sans regarder leur date. Elles se sont rangées toutes seules.",
            ),
        ),
        form="gallery",
        caption="Mars. Le premier matin où l’on sort sans manteau.",
        themes="saisons, lumière",
        days=3.6,
        likes=("chloe", "hugo"),
    ),
    DemoArticle(
        "magazine",
        "Portraits",
        "Un chat, trois adresses",
        "Dans la rue des Lilas, tout le monde nourrit le même chat. Personne ne lui donne le même nom.",
        (BASILE,),
        "chat",
        (
            text(
                "Au 4, il s’appelle Clémenceau et dort sur la machine à laver. Au 11, c’est Minouche, et elle est enceinte depuis "
                "deux ans. Au 23, on l’appelle « le chat », parce qu’on n’est pas sentimental, et on lui achète du saumon.",
                "La vérité est apparue un mardi, chez la vétérinaire, quand deux propriétaires se sont présentés à la même heure "
                "pour la même patte.",
            ),
            quote("Il a trois maisons. Moi, j’en loue la moitié d’une.", "La voisine du 15"),
            text(
                "Une réunion s’est tenue. On a fait un tableau. Depuis, la rue se connaît, et le chat a maigri de huit cents grammes."
            ),
            poll(
                "Et le vôtre, combien d’adresses a-t-il ?",
                "Une seule, j’en suis certain",
                "Deux, on s’arrange avec les voisins",
                "Trois au moins, il nous écrit de temps en temps",
                "Je suis le voisin qui achète le saumon",
            ),
        ),
        form="feature",
        themes="voisins, animaux",
        days=11,
        likes=("chloe", "driss", "gaelle"),
        says=(("felix", "Chez nous c’est le 7, le 9 et la boulangerie. Il s’appelle Facture."),),
        votes=(("ada", 0), ("felix", 2), ("gaelle", 1), ("hugo", 2), ("driss", 3), ("elif", 2)),
    ),
    DemoArticle(
        "magazine",
        "Saisons",
        "Écouter un disque en entier",
        "Quarante et une minutes, deux faces, rien d’autre à faire. Nous avons essayé pendant un mois.",
        (IDRIS,),
        "vinyle",
        (
            text(
                "La première semaine, on se lève au bout de trois morceaux. La deuxième, on découvre que le quatrième est le meilleur.",
                "La troisième, on commence à préparer : on débranche la sonnette, on choisit le fauteuil. La quatrième, quelqu’un "
                "vient exprès, et l’on ne se dit rien pendant une face.",
            ),
        ),
        form="brief",
        themes="musique",
        days=15,
        likes=("gaelle",),
    ),
]

WORKSHOP = [
    DemoArticle(
        "atelier",
        "Mend it",
        "Wake up a motorcycle that slept for ten years",
        "Do not turn the key. What to look at, in which order, before petrol meets spark again.",
        ("Felix Dubreuil",),
        "moto",
        (
            text(
                "## First, everything that is rubber",
                "Fuel lines, carburettor boots, brake hoses, tyres. Ten years turn them to biscuit. Bend each one: what cracks is replaced, whatever it looks like.",
                "## Then, everything that was liquid",
                "Drain the tank into a can and smell it. Old petrol smells of varnish, and that is what it has become: the carburettor is full of it. Clean it before you do anything else.",
            ),
            facts(
                "Before the first kick",
                "Turn the engine by hand, spark plug out: it must go round.",
                "A teaspoon of oil into the cylinder, an hour before.",
                "A fire extinguisher within reach, and the garage door open.",
            ),
            text("Then, and only then, the key. If it fires within ten kicks, you did the boring part well."),
        ),
        form="feature",
        themes="motorcycles, repair",
        days=1.5,
        likes=("chloe",),
    ),
    DemoArticle(
        "atelier",
        "Make it",
        "A map of the mountains, cut from paper",
        "Eight sheets, a sharp knife and one free relief map: a weekend’s work that hangs on the wall for years.",
        ("Felix Dubreuil",),
        "alpes",
        (
            text(
                "Choose a place that means something and that has at least a thousand metres between its valley and its top. Print the contour lines at every two hundred metres.",
                "Cut the highest sheet first, while your hand is fresh: its curves are the smallest. Glue from the bottom up, with a millimetre of card between the layers, so that each one throws its shadow.",
            ),
            quote("Cut towards the mountain, never towards your thumb."),
        ),
        themes="paper, maps",
        days=9,
    ),
]
