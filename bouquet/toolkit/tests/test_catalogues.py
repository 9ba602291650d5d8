"""French punctuation never begins a line."""

import gettext

import pytest

from bouquet.toolkit.catalogues import compile_catalogue, kept_together

PO = """msgid ""
msgstr "Language: %(language)s\\nContent-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=n>1;\\n"

msgid "Who?"
msgstr "Qui ?"

#, fuzzy
msgid "Where?"
msgstr "Quand ?"

msgid "One: it"
msgid_plural "Many: they"
msgstr[0] "Un : le"
msgstr[1] "Des : les"
"""


@pytest.mark.parametrize(("language", "said"), [("fr", "Qui\u00a0?"), ("de", "Qui ?")])
def test_a_plain_space_of_the_translator_does_not_break(tmp_path, language, said):
    folder = tmp_path / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO % {"language": language}, encoding="utf-8")
    compile_catalogue(folder / "django.po", folder / "django.mo")
    with (folder / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Who?") == said and words.gettext("Where?") == "Where?"
    many = words.ngettext("One: it", "Many: they", 2)
    assert many == ("Des\u00a0: les" if language == "fr" else "Des : les")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("« %(name)s » : lu ; bien !", "«\u00a0%(name)s\u00a0»\u00a0: lu\u00a0; bien\u00a0!"),
        ("Écrivez :root ou https://example.org", "Écrivez :root ou https://example.org"),
    ],
)
def test_what_is_no_punctuation_is_left(written, kept):
    assert kept_together(written) == kept
