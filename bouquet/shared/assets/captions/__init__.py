"""Captions: text with times, from files that strangers made to files that any player may read.

    decoding   bytes → text, whatever the encoding
    reading    WebVTT or SubRip → cues, or a sentence with the line that is wrong
    markup     the few tags a cue may hold; all else is plain text
    cues       what a cue is, and in which order
    writing    cues → WebVTT, SubRip, and the file beside the film
    chapters   lines of a description, or rows → chapters
    keeping    a version as file, row and news
    speech     the optional ear: a local speech model
    hearing    a film that is listened to, a piece at a time

Other apps use `actions` and `models`.
"""
