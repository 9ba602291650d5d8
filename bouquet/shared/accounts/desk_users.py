"""People on the editors' desk (Wagtail's user pages): an address and one name, instead of first and last names."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleOnTheDesk(WagtailUsersAppConfig):
    user_viewset = "bouquet.shared.accounts.desk_views.PeopleViewSet"
