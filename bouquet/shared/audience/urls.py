"""Addresses of numbers, and of the page that says what is counted."""

from django.urls import path

from bouquet.shared.audience.views import counting, numbers

urlpatterns = [
    path("counting/", counting.counting, name="counting"),
    path("counting/refusal", counting.refusal, name="counting_refusal"),
    path("numbers/", numbers.site, name="numbers_site"),
    path("numbers/<slug:what>.csv", numbers.site, name="numbers_site_file"),
    path("numbers/works/<slug:uid>/", numbers.work, name="numbers_work"),
    path("numbers/works/<slug:uid>/<slug:what>.csv", numbers.work, name="numbers_work_file"),
    path("numbers/channels/<str:slug>/", numbers.channel, name="numbers_channel"),
    path("numbers/channels/<str:slug>/<slug:what>.csv", numbers.channel, name="numbers_channel_file"),
]
