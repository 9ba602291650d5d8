"""Photos: albums of members and of editors, each photo with its own page.

Nouns: Album, Photo. Verbs: add_album, add_photo, change_album, change_photo, move_photo, choose_cover, publish_album,
remove_photo, remove_album. News: works' own (WorkPublished, WorkChanged, WorkRemoved).
"""
