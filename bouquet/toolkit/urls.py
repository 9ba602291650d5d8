from django.urls import path

from bouquet.toolkit import views

urlpatterns = [
    path("styleguide/", views.style_guide, name="styleguide"),
    path("styleguide/front/", views.sample_front, name="styleguide_front"),
]
