"""Run in a process of its own: a small network with something to ask for. Prints what a caller must know, as JSON."""

from __future__ import annotations

import json

import django

django.setup()

from bouquet.kinds.videos.tests.make import make_video  # noqa: E402
from bouquet.shared.accounts.actions import issue_token  # noqa: E402
from bouquet.shared.comments.actions import add_comment  # noqa: E402
from bouquet.shared.network.tests.make import make_main_site, make_site  # noqa: E402
from bouquet.toolkit.testing.cast import make_person  # noqa: E402

make_main_site()
chloe = make_person(name="Chloé")
video = make_video(site=make_site(), author=chloe)
comment, _new = add_comment(video, by=chloe, text="Lovely light at 0:42")
_token, secret = issue_token(chloe, name="schemathesis")
print(json.dumps({"token": secret, "known": {"uid": video.uid, "comment": comment.uid}}))  # noqa: T201
