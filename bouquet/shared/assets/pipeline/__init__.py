"""How a received file becomes playable: a list of steps whose state is in rows. What is done stays done.

    probe       what is it, may it go on                       lane first
    first       the first playable rendition; the poster too, at the first moment that costs no waiting
    poster      the best of a few pictures, where `first` was over before
    film        the rest of it, when the film is long          lane ladder
    ladder      the other rungs, a piece at a time
    storyboard  small pictures for the seek bar                lane extras
    loudness    how loud it is heard, for the player to level
    finish      say that it is ready

`advance` does what is due in a lane and says which lane goes on; tasks.py carries it there.
"""

from bouquet.shared.assets.pipeline.advance import LANES, advance, stalled_assets

__all__ = ["LANES", "advance", "stalled_assets"]
