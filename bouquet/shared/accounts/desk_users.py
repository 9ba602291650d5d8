"""People on the editors' desk (Wagtail's user pages): an address and one name, instead of first and last names."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleOnTheDesk(WagtailUsersAppConfig):
    user_viewset = "bouquet.shared.accounts.desk_views.PeopleViewSet"

    def ready(self) -> None:
        super().ready()
        from wagtail.admin.views.account import NameEmailSettingsPanel

        from bouquet.shared.accounts.desk_views import OwnNameForm

        NameEmailSettingsPanel.form_class = OwnNameForm  # Wagtail has no setting for a model without first_name
