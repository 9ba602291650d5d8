"""Recipes: a whole kind in one folder, as small as one can be. test_new_kind.py adds it to a copy of the house."""
