"""Where finished films lie when the operator has an object store (S3): made here, kept there, given from both.

bucket    the only file that speaks S3
opening   the operator's bucket: its setting, its mark, and whether it can be written and read
keys      which file has which name there
sending   a file goes there: whole, or in parts that a kill does not lose; compared before it counts
moving    one film at a time: sent, noted in its row, and only then removed here
fetching  what somebody needs here again: an original, a rung, or the whole film back
sweeping  what a kill left on either side
report    what lies where, what is due, what is missing

Whoever reads a file looks here first and asks the store second: no film is without its files for a moment, and none
needs its row to be played.
"""
