"""Another file for a film: sent anew or cut from the present one. Its address, views and comments stay.

Noun: Replacement. Verbs: replace_file, trim_film, cancel_replacement, return_to_former, drop_former.
`changing` puts the new file in the place of the old one, in one transaction, and clears up afterwards.
"""
