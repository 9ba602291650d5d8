from django.urls import path

from bouquet.shared.proposals.views import sending

app_name = "proposals"
urlpatterns = [
    path("works/<slug:uid>/sites/", sending.sending, name="sending"),
    path("proposals/<slug:uid>/consent", sending.consent, name="consent"),
    path("proposals/<slug:uid>/withdrawal", sending.withdrawal, name="withdrawal"),
    path("me/proposals/", sending.mine, name="mine"),
]
