"""Finding without asking: related works, a member's home, trends, and how many works of each sort there are.

Nouns: Reach, Tally, HomeChoice, Dismissal. Verbs: related_to, home_of, trending_works, dismiss_work, hide_channel,
take_back, switch_home. News: none.
"""
