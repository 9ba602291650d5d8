"""Assets: the files behind works, and what is made of them.

Nouns: Asset, Upload, Step, Rendition, Caption, Chapter. Verbs: receive_asset, upload_finished, remove_asset,
keep_captions, remove_captions, keep_chapters.
News: AssetPlayable, AssetReady, AssetFailed, PosterMade, CaptionsChanged.
Rooms: `tus` receives bytes, `delivery` gives them, `captions` reads and writes text with times.
"""
