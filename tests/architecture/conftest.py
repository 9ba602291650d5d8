# It is no test of this tree: test_new_kind.py copies it into another.
collect_ignore = ["recipes_kind"]
