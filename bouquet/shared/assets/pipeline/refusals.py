"""What is said to somebody whose file cannot be a video here: what is wrong, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """This file will never work, however often it is tried. `sentence` is for its owner."""

    def __init__(self, sentence: str, why: str = "") -> None:
        super().__init__(why or sentence)
        self.sentence, self.why = sentence, why


def empty() -> Refused:
    return Refused(_("This file is empty. Choose it again, or export it again."))


def cut_short() -> Refused:
    return Refused(_("The end of this file is missing, so it cannot be played. Send it again, or export it again."))


def damaged(why: str = "") -> Refused:
    return Refused(_("This file is damaged: no picture in it can be read. Export it again and send the new file."), why)


def a_list_of_files() -> Refused:
    return Refused(_("This is a list that points at other files, not a video. Send the video file itself."))


def a_picture() -> Refused:
    return Refused(_("This is a picture, not a video. Choose a video file."))


def an_archive() -> Refused:
    return Refused(_("This is an archive with files in it. Unpack it and send the video inside."))


def a_document() -> Refused:
    return Refused(_("This is a text or a document, not a video, whatever its name says. Choose a video file."))


def unknown() -> Refused:
    return Refused(_("This is not a kind of video file that is known here. Send MP4, MOV, MKV, WebM, AVI or MPEG."))


def codec_unknown(codec: str) -> Refused:
    return Refused(
        _("The picture in this file is coded in a way not accepted here (%(codec)s). Export it as H.264 or HEVC.")
        % {"codec": codec}
    )


def protected() -> Refused:
    return Refused(_("This file is locked by copy protection and cannot be read. Send one that is not protected."))


def no_picture() -> Refused:
    return Refused(_("There is no picture in this file, only sound. Choose a video file."))


def nothing_inside() -> Refused:
    return Refused(_("There is neither picture nor sound in this file. Export it again and send the new file."))


def too_small(width: int, height: int, least: int) -> Refused:
    return Refused(
        _("The picture is %(width)d × %(height)d pixels; at least %(least)d × %(least)d are needed.")
        % {"width": width, "height": height, "least": least}
    )


def too_large(width: int, height: int, most: int) -> Refused:
    return Refused(
        _("The picture is %(width)d × %(height)d pixels; at most %(most)d on a side are accepted. Export it smaller.")
        % {"width": width, "height": height, "most": most}
    )


def too_long(hours: float) -> Refused:
    return Refused(
        _("This video is too long: at most %(hours)g hours are accepted. Cut it into parts and send them one by one.")
        % {"hours": hours}
    )


def too_short() -> Refused:
    return Refused(_("This video is over before it begins: it has no length. Export it again and send the new file."))


def too_many_streams() -> Refused:
    return Refused(_("This file holds too many tracks. Export it with one picture and the sound tracks you need."))


def too_many_frames() -> Refused:
    return Refused(_("This video has too many pictures a second. Export it with 60 a second or fewer."))


def tried_too_often() -> Refused:
    return Refused(
        _("This video could not be prepared, although it was tried several times. Export it as MP4 and send it again.")
    )
