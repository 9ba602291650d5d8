"""Addresses below /videos/<uid>/: its file, replaced or cut."""

from django.urls import path

from bouquet.kinds.videos.replacing import views

urlpatterns = [
    path("replacement", views.replacement, name="replacement"),
    path("replacement/state", views.state, name="replacement_state"),
    path("replacement/cancellation", views.cancellation, name="replacement_cancellation"),
    path("former/return", views.former_return, name="former_return"),
    path("former/removal", views.former_removal, name="former_removal"),
    path("trimming", views.trimming, name="trimming"),
]
