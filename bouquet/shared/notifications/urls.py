from django.urls import path

from bouquet.shared.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/reading", views.reading, name="reading"),
    path("notices/<int:number>/", views.follow_notice, name="notice"),
    path("me/notices/", views.preferences, name="preferences"),
]
