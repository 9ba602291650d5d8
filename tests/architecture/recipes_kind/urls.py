from bouquet.kinds.recipes import views
from django.urls import path

app_name = "recipes"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:uid>/<str:slug>/", views.recipe, name="recipe"),
]
