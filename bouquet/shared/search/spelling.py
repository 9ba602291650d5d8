"""What a misspelt word may have meant: the network's own words, found by what is left when letters are dropped.

Two words that differ by a slip or two have a form in common once a letter or two of each are left out (the symmetric
deletes of W. Garbe's SymSpell). Those forms are rows (Slip) with an index: one short query finds the few words that
are worth a comparison, on every database, without an extension of it and with nothing kept in the process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction

from bouquet.shared.search.models import Entry, Slip, Word

SHORTEST = 4  # letters of a word that is learnt
SHORTEST_TYPED = 3  # of one that is corrected: shorter ones are like too many others
LONG = 7  # letters: from here on two slips are understood
BEGINNING = 7  # letters that forms are made of
MOST_WORDS = 100_000  # the most frequent are kept: some hundred megabytes at the very most
LOOKED_AT = 400  # words that have a form in common with the misspelt one
AT_ONCE = 500


def corrections(word: str, number: int = 3) -> list[str]:
    """Words of the network that differ from this one by a slip (a long one: by two), the likeliest first. One query.

    Slips are rare at the beginning of a word; of equals, the more frequent one was meant.
    """
    if len(word) < SHORTEST_TYPED or not word.isalpha():
        return []
    alike = Slip.objects.filter(form__in=forms_of(word)).exclude(word__text=word)
    rows = alike.values_list("word__works", "word__text").distinct().order_by("-word__works", "word__text")[:LOOKED_AT]
    close = [(distance(word, text), text[0] != word[0], -works, text) for works, text in rows if _near(word, text)]
    return [text for slips, _other, _works, text in sorted(close) if slips <= slips_allowed(word)][:number]


def slips_allowed(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def forms_of(word: str) -> set[str]:
    """Its beginning, and what is left of that when as many letters are dropped as slips are allowed."""
    forms = {word[:BEGINNING]}
    for _slip in range(slips_allowed(word)):
        forms |= {form[:place] + form[place + 1 :] for form in forms for place in range(len(form))}
    return forms


def distance(one: str, other: str) -> int:
    """Letters left out, added or mistaken, and neighbours that changed places (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
        before, last = last, row
    return last[-1]


def _near(word: str, text: str) -> bool:
    return abs(len(word) - len(text)) <= slips_allowed(word)


def words_to_learn(*texts: str) -> set[str]:
    """Of folded texts, what a reader may want to spell: words of letters, neither numbers nor single signs."""
    return {each for text in texts for each in text.split() if len(each) >= SHORTEST and each.isalpha()}


def learn(texts: Iterable[str]) -> None:
    """Words from now on; safe to run twice. One query where all of them are known."""
    for some in _pieces(sorted(set(texts))):
        known = set(Word.objects.filter(text__in=some).values_list("text", flat=True))
        if new := [text for text in some if text not in known]:
            _write(new)


@transaction.atomic
def _write(new: list[str]) -> None:
    Word.objects.bulk_create([Word(text=text) for text in new], ignore_conflicts=True)
    rows = Word.objects.filter(text__in=new).values_list("pk", "text")
    slips = [Slip(form=form, word_id=pk) for pk, text in rows for form in sorted(forms_of(text))]
    Slip.objects.bulk_create(slips, batch_size=AT_ONCE, ignore_conflicts=True)


def count_words() -> int:
    """Counts again which words how many works have, and forgets those that none has any more. Gives their number."""
    known = dict(Word.objects.values_list("text", "works"))  # read first: what is learnt meanwhile is not forgotten
    counted: Counter[str] = Counter()
    entries = Entry.objects.filter(work__on_shelves=True).values_list("title", "names")
    for title, names in entries.iterator(chunk_size=2000):
        counted.update(words_to_learn(title, names))
    kept = dict(counted.most_common(MOST_WORDS))
    for some in _pieces([text for text in known if text not in kept]):
        Word.objects.filter(text__in=some).delete()
    learn(kept)
    other = [Word(text=text, works=works) for text, works in kept.items() if known.get(text) != works]
    Word.objects.bulk_create(
        other, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["text"], update_fields=["works"]
    )
    return len(kept)


def _pieces(texts: Collection[str]) -> Iterator[list[str]]:
    every = list(texts)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
