"""Addresses below /videos/imports/. A new verb is a new resource."""

from django.urls import path

from bouquet.kinds.videos.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.new, name="import_new"),
    path("<slug:uid>/", views.one, name="import"),
    path("<slug:uid>/state", views.state, name="import_state"),
    path("<slug:uid>/start", views.start, name="import_start"),
    path("<slug:uid>/pause", views.pause, name="import_pause"),
    path("<slug:uid>/cancellation", views.cancellation, name="import_cancellation"),
    path("<slug:uid>/retry", views.retry, name="import_retry"),
    path("<slug:uid>/look", views.look, name="import_look"),
    path("<slug:uid>/repeat", views.repeat, name="import_repeat"),
    path("<slug:uid>/left-out", views.left_out, name="import_left_out"),
    path("<slug:uid>/report.csv", views.report, name="import_report"),
    path("<slug:uid>/addresses.<slug:form>", views.addresses, name="import_addresses"),
]
