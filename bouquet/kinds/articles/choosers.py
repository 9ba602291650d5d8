"""Editors choose an author or a series by typing a name: Wagtail's own chooser, over what their sites have.

A place in Wagtail's tree of pages says nothing to who looks for a colleague.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from bouquet.shared.fronts.work_chooser import WordsForm
from bouquet.shared.network.permissions import sites_edited_by


class ChooseByName(BaseChooseView):
    filter_form_class = WordsForm
    per_page = 12
    ordering = ["title", "pk"]

    def get_object_list(self) -> QuerySet[Any]:
        """Of the sites one edits. The few rows of its sort are looked at, not all pages."""
        fronts = sites_edited_by(self.request.user).exclude(wagtail_site=None)
        paths = fronts.values_list("wagtail_site__root_page__path", flat=True)
        rows = self.model_class.objects.order_by().values_list("pk", "path", "live")
        found = [pk for pk, path, live in rows if live and path.startswith(tuple(paths))]
        return self.model_class.objects.filter(pk__in=found)

    @property
    def columns(self) -> list[Column]:
        return [self.title_column, Column("host", label=_("Site"))]


class ChooseByNameView(ChooseViewMixin, CreationFormMixin, ChooseByName):
    pass


class ChooseByNameResultsView(ChooseResultsViewMixin, CreationFormMixin, ChooseByName):
    pass


class ChosenByNameView(ChosenView):
    pass


class AuthorChooser(ChooserViewSet):
    model = "articles.AuthorPage"
    icon = "user"
    choose_one_text = _("Choose an author")
    choose_another_text = _("Choose another author")
    edit_item_text = _("Edit this author")
    choose_view_class = ChooseByNameView
    choose_results_view_class = ChooseByNameResultsView
    chosen_view_class = ChosenByNameView


class SeriesChooser(AuthorChooser):
    model = "articles.SeriesPage"
    icon = "list-ol"
    choose_one_text = _("Choose a series")
    choose_another_text = _("Choose another series")
    edit_item_text = _("Edit this series")


author_chooser = AuthorChooser("author_chooser", url_prefix="authors/choose")
series_chooser = SeriesChooser("series_chooser", url_prefix="series/choose")
