"""Le Comptoir: the business desk. Places, people and figures of these stories are made up, and read so."""

from __future__ import annotations

from bouquet.config.demo.articles.making import DemoArticle, asked, chapter, facts, film, quote, table, text

NADIA, CLEMENT, BASILE = "Nadia Ferrand", "Clément Roy", "Basile Moreau"

ECONOMY = [
    DemoArticle(
        "economie",
        "Commerce",
        "Une heure d’ouverture, combien ça coûte ?",
        "À Saint-Aubin, trois commerçants ont compté pendant un mois ce que rapporte, et ce que mange, chaque heure où "
        "le rideau est levé. Aucun n’a gardé ses horaires.",
        (NADIA,),
        "cafe",
        (
            text(
                "À sept heures dix, le premier client entre, pose une pièce et repart avec son café. À sept heures "
                "quarante, il y en a eu quatre. Derrière le comptoir, Inès Carel a noté l’heure, le ticket, et l’état du "
                "four. « Je croyais que le matin me faisait vivre. Il me coûtait onze euros. »",
                "L’exercice lui a été proposé par l’association des commerçants du bourg : pendant quatre semaines, "
                "écrire chaque vente avec son heure, puis retrancher de chaque heure ce qu’elle consomme. L’énergie, un "
                "salaire, la part du loyer, et ce que l’on jette.",
                "## Le creux que personne ne voyait",
            ),
            table(
                "Ce que laisse une heure, en moyenne",
                "Heure\tCafé\tLibrairie\tPrimeur\n7 h – 8 h\t−11 €\tfermé\t4 €\n10 h – 11 h\t23 €\t9 €\t31 €\n"
                "13 h – 14 h\t58 €\t−6 €\t−14 €\n17 h – 18 h\t36 €\t44 €\t52 €\n18 h – 19 h\t12 €\t61 €\t18 €",
                "relevés des trois commerces, quatre semaines",
            ),
            text(
                "Pour la librairie, le meilleur moment commençait quand elle fermait. Pour le primeur, la pause de midi "
                "valait mieux qu’une heure à attendre. Le café, lui, a décalé son ouverture d’une heure et embauché le "
                "samedi.",
            ),
            quote("On ne vend pas des heures, on vend ce qu’il y a dedans.", "Inès Carel, cafetière"),
            facts(
                "Faire le compte chez soi",
                "Noter chaque vente avec son heure pendant quatre semaines au moins.",
                "Ne retrancher que ce qui s’arrêterait si l’on fermait : pas l’assurance, mais le four.",
                "Refaire le compte à chaque saison.",
            ),
            text(
                "Six mois plus tard, les trois commerces ouvrent moins longtemps : quarante-neuf heures par semaine au lieu de "
                "cinquante-sept. Leur chiffre d’affaires a baissé de deux pour cent. Ce qui reste, une fois tout payé, a "
                "augmenté d’un quart.",
            ),
        ),
        form="feature",
        caption="Le café de sept heures : le plus cher de la journée.",
        themes="commerce, petites entreprises, horaires",
        days=0.3,
        likes=("ada", "chloe"),
        says=(
            (
                "felix",
                "Même calcul dans mon atelier : le lundi matin me coûtait plus qu’il ne rapportait. Je répare mes outils à la place.",
            ),
            ("elif", "Et les clients qui venaient à sept heures, ils vont où maintenant ?"),
        ),
    ),
    DemoArticle(
        "economie",
        "Emploi",
        "Huit secteurs, une année d’embauches : qui a pris la place de qui",
        "Le bâtiment cède, les services passent devant, l’énergie revient. L’année racontée par ceux qui signent les contrats.",
        (BASILE, CLEMENT),
        "barres",
        (
            text(
                "Au premier trimestre, le bâtiment tenait encore la tête. À l’automne, il est cinquième. Entre les deux, "
                "il n’y a pas eu de crise, seulement des chantiers qui finissent et d’autres qui ne commencent pas.",
                "Dans notre région test de douze cantons, nous avons suivi pendant un an les embauches de plus d’un mois, "
                "secteur par secteur. Le film en montre le mouvement ; les voici en chiffres.",
            ),
            film("barres", "Un an d’embauches en douze secondes."),
            text(
                "## Les services, sans bruit",
                "Les services à la personne n’ont jamais eu de mois spectaculaire. Ils n’ont pas eu de mauvais mois non "
                "plus. « On recrute deux personnes, tout le temps », résume une directrice d’agence. En douze mois, cela "
                "fait vingt-quatre.",
                "L’énergie surprend davantage : rénover des chaudières et poser des pompes à chaleur demande des gens que "
                "l’on ne trouve pas. Trois entreprises sur cinq forment désormais elles-mêmes.",
            ),
            quote("Je n’embauche plus un diplôme, j’embauche quelqu’un qui revient le lendemain.", "Un chauffagiste"),
        ),
        themes="emploi, énergie, bâtiment",
        days=1.2,
        likes=("ada",),
        corrections=((0.8, "Une première version donnait le bâtiment sixième à l’automne : il est cinquième."),),
        revised=0.8,
    ),
    DemoArticle(
        "economie",
        "Marchés",
        "La séance : hésiter le matin, monter l’après-midi",
        "Ouverture hésitante, rebond à midi, clôture au plus haut : ce qu’il faut retenir en une minute.",
        (CLEMENT,),
        "courbe",
        (
            text(
                "La matinée a été perdue à attendre un chiffre qui n’a surpris personne. Les échanges ne se sont animés "
                "qu’après midi, quand deux publications ont rassuré sur les carnets de commandes.",
                "En clôture, l’indice de notre tableau gagne 0,8 %. Sur la semaine, il rend encore 0,3 %.",
            ),
            film("marche"),
        ),
        form="brief",
        themes="bourse",
        days=0.6,
    ),
    DemoArticle(
        "economie",
        "Emploi",
        "« Un entretien d’embauche, c’est vingt minutes de trop »",
        "Depuis trois ans, le garage Delorme recrute en faisant travailler : une demi-journée payée, puis une réponse "
        "avant le soir. Sa directrice explique pourquoi.",
        (NADIA,),
        "moto",
        (
            text(
                "Maud Delorme dirige un garage de trente et une personnes, moitié motos, moitié utilitaires. Elle n’a pas fait passer d’entretien depuis trois ans."
            ),
            asked(
                "Que reprochez-vous à l’entretien ?",
                "Il mesure l’entretien. Quelqu’un qui parle bien de moteurs, je n’en ai pas l’usage. J’ai besoin de quelqu’un qui écoute avant de démonter.",
            ),
            asked(
                "Comment cela se passe-t-il ?",
                "On vient une demi-journée, avec un contrat et une fiche de paie. On fait équipe avec celui ou celle avec qui l’on travaillerait. À midi, chacun des deux dit oui ou non, séparément. Il faut deux oui.",
            ),
            asked(
                "Il y a des gens qui refusent ?",
                "Un sur quatre, et c’est très bien. Ils me coûtent une demi-journée au lieu de six mois.",
            ),
            asked(
                "Est-ce que cela marche pour un comptable ?",
                "Nous avons essayé : une vraie facture en retard, un vrai client au téléphone. Elle est encore là.",
            ),
            facts(
                "Ce que dit le droit",
                "Un essai professionnel bref peut ne pas être payé ; une demi-journée de production doit l’être.",
                "Un contrat court et une déclaration préalable suffisent.",
                "La réponse, même négative, se donne par écrit.",
            ),
        ),
        form="interview",
        themes="emploi, recrutement, petites entreprises",
        days=2.4,
        likes=("ada", "felix"),
        says=(("hugo", "« Il faut deux oui » : voilà une règle à garder pour tout le reste."),),
    ),
    DemoArticle(
        "economie",
        "Idées",
        "Bureaux vides, loyers pleins",
        "Une fenêtre sur trois s’allume le soir dans le quartier d’affaires. Les prix, eux, ne descendent pas. "
        "Ce n’est pas une énigme, c’est un contrat.",
        (BASILE,),
        "ville",
        (
            text(
                "Un bureau vide devrait coûter moins cher qu’un bureau plein. C’est le contraire qui se lit dans les baux : "
                "le loyer affiché tient, et ce sont les mois gratuits qui s’allongent.",
                "La raison tient dans une ligne du bilan. La valeur d’une tour se calcule sur le loyer écrit, pas sur le loyer "
                "payé. Baisser le premier, c’est reconnaître une perte ; offrir dix-huit mois, c’est une politesse.",
            ),
            film("bureaux"),
            text(
                "## Qui finit par payer",
                "Pas le propriétaire, tant que la banque ne demande rien. Pas le locataire, qui a obtenu ses mois. Reste la rue : "
                "le bistrot du rez-de-chaussée, lui, n’a pas de franchise, et plus de clients le vendredi.",
            ),
            quote("Le loyer est un prix ; la franchise est un aveu."),
        ),
        form="feature",
        themes="immobilier, villes",
        days=4,
        likes=("driss", "chloe"),
    ),
    DemoArticle(
        "economie",
        "Commerce",
        "Le marché du soir gagne les bourgs",
        "Dix-sept heures, des lampions, et la queue devant le primeur : les marchés qui ouvrent après le travail ont doublé en trois ans dans notre région test.",
        (NADIA,),
        "lanternes",
        (
            text(
                "On y vient avec les enfants et sans liste. Le panier moyen y est plus petit que le samedi matin, mais on y "
                "revient toutes les semaines.",
                "Pour les producteurs, le soir a un autre mérite : ce qui a été cueilli à l’aube est vendu le jour même.",
            ),
            facts(
                "En chiffres",
                "26 marchés du soir cette année, 12 il y a trois ans.",
                "18,40 € dépensés en moyenne, contre 27,10 € le samedi.",
                "Un acheteur sur deux a moins de quarante ans.",
            ),
        ),
        themes="commerce, alimentation",
        days=6,
    ),
    DemoArticle(
        "economie",
        "Idées",
        "Lire un bilan en dix minutes, sans être comptable",
        "Trois lignes suffisent pour savoir si une entreprise tient debout. Encore faut-il les lire dans le bon ordre.",
        (CLEMENT,),
        "tableau",
        (
            chapter("D’abord, la caisse"),
            text(
                "Une entreprise ne meurt pas de perdre de l’argent, elle meurt de ne plus en avoir. Regardez ce qu’il y a en "
                "banque, puis ce qui doit en sortir dans les trois mois.",
            ),
            chapter("Ensuite, ce que l’on vous doit"),
            text(
                "Si les créances des clients grossissent plus vite que les ventes, quelqu’un paie en retard. Ou ne paiera pas.",
            ),
            chapter("Enfin, le stock"),
            text(
                "Un stock qui monte est une bonne nouvelle qui se fait attendre, ou une mauvaise qui se cache.",
            ),
            table(
                "Trois lignes, trois questions",
                "Ligne\tLa question\tCe qui doit inquiéter\nTrésorerie\tCombien de mois ?\tmoins de deux\nCréances\tDepuis quand ?\tplus de soixante jours\nStock\tQui va l’acheter ?\tpersonne ne sait",
                "",
            ),
        ),
        form="feature",
        themes="comptabilité, petites entreprises",
        days=800,
        likes=("ada", "elif", "felix"),
        says=(("driss", "Imprimé et collé au-dessus de mon bureau. Merci."),),
    ),
]
