"""Videos: a film that somebody sends, made playable within seconds, watched on a page or embedded elsewhere.

Nouns: Video. Verbs: add_video, take_whole_file, change_video, choose_poster, publish_when_playable, remove_video.
News heard: AssetPlayable, AssetReady, AssetFailed, PosterMade, CaptionsChanged, AccountErased.
News told: those of works.
"""
