"""Audience: what was played, by how many, for how long; never by whom.

Nouns: Hit (one word of a player), Play (all hits of one playing, folded), Numbers (what a maker reads).
Verbs: actions.ticket_for(request, work), actions.numbers_of_work/_channel/_site.
Views: `Work.views` is fed from here and from nowhere else.
Walk:  docs/flows/play-to-number.md
"""
