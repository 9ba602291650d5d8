from django.urls import path

from bouquet.shared.comments.views import asking, comment, discussion, mine

app_name = "comments"
urlpatterns = [
    path("works/<slug:uid>/comments/", discussion.discussion, name="discussion"),
    path("comments/<slug:uid>/", comment.permalink, name="comment"),
    path("comments/<slug:uid>/thread", discussion.thread, name="thread"),
    path("comments/<slug:uid>/answer", asking.answer, name="answer"),
    path("comments/<slug:uid>/edit", asking.edit, name="edit"),
    path("comments/<slug:uid>/removal", asking.removal, name="removal"),
    path("comments/<slug:uid>/report", asking.report, name="report"),
    path("comments/<slug:uid>/hiding", asking.hiding, name="hiding"),
    path("comments/<slug:uid>/block", asking.block, name="block"),
    path("comments/<slug:uid>/publication", comment.publication, name="publication"),
    path("comments/<slug:uid>/like", comment.like, name="like"),
    path("comments/<slug:uid>/heart", comment.heart, name="heart"),
    path("comments/<slug:uid>/pin", comment.pin, name="pin"),
    path("comments/<slug:uid>/silence", comment.silence, name="silence"),
    path("me/comments/", mine.mine, name="mine"),
    path("me/comments/decisions", mine.decisions, name="decisions"),
    path("me/comments/blocks", mine.blocks, name="blocks"),
]
