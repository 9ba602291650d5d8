"""From which age a film is suitable: the steps that French law and television use."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

RATINGS: dict[int, Any] = {
    0: _("everybody"),
    10: _("10 years"),
    12: _("12 years"),
    16: _("16 years: only shown to those whose age is known"),
    18: _("18 years: only shown to those whose age is known"),
}
