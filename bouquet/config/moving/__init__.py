"""A whole site in a parcel: `bouquet site export HOST FILE`, `bouquet site import FILE [--host NEW]`.

site.json       what the site is: its name, language, kinds, its menu and other host names
brand.json      how it looks
front.json      its front page
pictures.json   of every picture who made it, what it shows; the files themselves in pictures/
…               what each kind brings (SiteKind.moves): `take_out(site, parcel, carrier)`, `bring_in(…)`

What stays behind is said in docs/manual: people, films and what was counted.
"""
