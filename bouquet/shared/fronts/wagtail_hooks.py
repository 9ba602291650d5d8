"""What front pages bring to the editors' desk."""

from __future__ import annotations

from wagtail import hooks

from bouquet.shared.fronts.work_chooser import WorkChooserViewSet, work_chooser


@hooks.register("register_admin_viewset")
def register_work_chooser() -> WorkChooserViewSet:
    return work_chooser
