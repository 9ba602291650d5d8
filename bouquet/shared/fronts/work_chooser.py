"""Editors choose a work by searching for it: the chooser of the hero block (and of whoever needs one)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer


class WordsForm(BaseFilterForm):
    """Each word stands in one of the columns. For every chooser of the desk."""

    columns: tuple[str, ...] = ("title",)
    placeholder: Any = _("Name")
    q = forms.CharField(label=_("Search"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = self.placeholder

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").split()[:8]
        for word in words:
            objects = objects.filter(reduce(or_, (Q((f"{column}__icontains", word)) for column in self.columns)))
        self.is_searching = bool(words)
        self.search_query = " ".join(words)
        return objects


class WorkSearchForm(WordsForm):
    columns = ("title", "channel__name", "site__name")
    placeholder = _("Title, channel or site")


class ChooseWork(BaseChooseView):
    filter_form_class = WorkSearchForm
    per_page = 12
    ordering = ["-published_at", "-pk"]

    def get_object_list(self) -> QuerySet[Work]:
        return _for_everybody(self.request).cards()

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("site", label=_("Site"), accessor="site"),
            Column("channel", label=_("Channel"), accessor="channel"),
            DateColumn("published_at", label=_("Published")),
        ]


class ChooseWorkView(ChooseViewMixin, CreationFormMixin, ChooseWork):
    pass


class ChooseWorkResultsView(ChooseResultsViewMixin, CreationFormMixin, ChooseWork):
    pass


class ChosenWorkView(ChosenView):
    def get_object(self, pk: str) -> Work:
        return _for_everybody(self.request).get(pk=pk)

    def get_edit_item_url(self, instance: Work) -> str:
        return instance.address


def _for_everybody(request: Any) -> WorkQuerySet:
    """What a stranger may see: a front page is for everybody."""
    return Work.objects.listed_for(Viewer.stranger(request))


class WorkChooserViewSet(ChooserViewSet):
    model = Work
    icon = "media"
    choose_one_text = _("Choose a work")
    choose_another_text = _("Choose another")
    edit_item_text = _("Look at it")
    choose_view_class = ChooseWorkView
    choose_results_view_class = ChooseWorkResultsView
    chosen_view_class = ChosenWorkView
    register_widget = False


work_chooser = WorkChooserViewSet("work_chooser", url_prefix="works/choose")
WorkChooserBlock: Any = work_chooser.get_block_class(
    name="WorkChooserBlock", module_path="bouquet.shared.fronts.work_chooser"
)
