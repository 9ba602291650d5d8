"""How a received file becomes playable: a list of steps whose state is in rows. What is done stays done.

    probe       what is it, may it go on                       lane first
    first       the first playable rendition; the poster too, at the first moment that costs no waiting
    poster      the best of a few pictures, where `first` was over before
    film        the rest of it, when the film is long          lane ladder, in pieces
    ladder      the other rungs
    storyboard  small pictures for the seek bar                lane extras
    loudness    how loud it is heard, for the player to level
    largest     rungs above 1080 lines                         in pieces, after everybody's other extras
    finish      say that it is ready
    av1, h264   once more in another codec; rungs that are missing   of a film that is ready, when asked for

A picture: `picture` (cleaned, and in the widths of cards), `sizes` (what hangs in a gallery, in more forms), `finish`.

`advance` does what is due in a lane and says which goes on; tasks.py carries it there. Steps in pieces are shared by
several workers (sharing.py): a killed one loses the piece it had.
"""

from bouquet.shared.assets.pipeline.advance import advance, stalled_assets, unfinished_reencodings
from bouquet.shared.assets.pipeline.claims import Owner
from bouquet.shared.assets.pipeline.steps import LANES

__all__ = ["LANES", "Owner", "advance", "stalled_assets", "unfinished_reencodings"]
