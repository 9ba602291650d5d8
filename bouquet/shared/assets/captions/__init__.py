"""Captions: text with times, from files that strangers made to files that any player may read.

    decoding   bytes → text, whatever the encoding
    reading    WebVTT or SubRip → cues, or a sentence with the line that is wrong
    markup     the few tags a cue may hold; all else is plain text
    cues       what a cue is, and in which order
    writing    cues → WebVTT, SubRip, and the file beside the film
    chapters   lines of a description, or rows → chapters

Other apps use `actions` and `models`.
"""
