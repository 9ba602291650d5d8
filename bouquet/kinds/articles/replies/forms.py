"""What is filled in about a right of reply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.models.reply import LETTERS_A_LINE, MOST_LINES

SHORTEST = 1000  # letters: a brief may be answered in more words than it has


class ReplyForm(forms.ModelForm[Reply]):
    """`article`: a reply is at most as long as what it answers (decree 2007-1527, article 3), never above 200 lines."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the receipt and the answer. It is not published."),
        max_length=254,
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)  # people leave it empty

    class Meta:
        model = Reply
        fields = ["name", "email", "standing", "passage", "text"]
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
            "standing": forms.RadioSelect,
            "passage": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        }

    def __init__(self, *args: Any, article: Article, length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = min(MOST_LINES * LETTERS_A_LINE, max(SHORTEST, length))
        self.fields["standing"] = forms.ChoiceField(
            label=self.fields["standing"].label, choices=Reply.Standing.choices, widget=forms.RadioSelect
        )
        self.fields["text"].help_text = _(
            "Published as it is, free of charge. At most as long as the article: %(most)s letters, and 200 lines."
        ) % {"most": self.most}
        self.fields["confirm"] = forms.BooleanField(
            label=_("What I say of myself here is true, and the reply is mine or made in the name of whom it defends.")
        )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if len(text) > self.most or len(text.splitlines()) > MOST_LINES:
            words = {"most": self.most, "number": len(text)}
            raise forms.ValidationError(
                _("A reply has at most %(most)s letters and 200 lines; this one has %(number)s letters.") % words
            )
        return text


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Who asked reads this. The law leaves few: too late, too long, nobody named or meant, others harmed."
        ),
    )


class WhichForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the article"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
        help_text=_("As it stands in the browser’s address line on the page of the article."),
    )
