"""Assets: the files behind works, and what is made of them.

Nouns: Asset, Upload, Step, Rendition. Verbs: receive_asset, upload_finished, remove_asset.
News: AssetPlayable, AssetReady, AssetFailed, PosterMade. Rooms: `tus` receives bytes, `delivery` gives them.
"""
