"""What must hold of letters after every run (`manage.py prove`)."""
import hashlib

from django.db.models import Count, Max, Min

from ..models import Letter, LetterSeries
from ..proofs import batches, proof


@proof("I4", "letters are numbered 1, 2, 3 … without gaps, and every number that was given has its letter")
def letters_have_no_gaps(at):
    """Each series against its letters."""
    last = {(one.region_id, one.year, one.kind): one.last for one in LetterSeries.objects.all()}
    counted = Letter.objects.order_by().values_list("region", "year", "kind").annotate(Count("pk"), Min("serial"), Max("serial"))
    found = {(region, year, kind): (count, first, most) for region, year, kind, count, first, most in counted}
    for series in last.keys() | found.keys():
        if found.get(series) != (last.get(series), 1, last.get(series)):
            yield f"series {series}: last number {last.get(series)}, letters {found.get(series)}"
    yield len(last)


@proof("I14", "the words of every letter are those that were issued")
def letters_are_as_issued(at):
    """Each text against its hash."""
    for batch in batches(Letter.objects.only("body", "sha256", "number")):
        yield from (f"letter {one.number} was changed" for one in batch if hashlib.sha256(one.body.encode()).hexdigest() != one.sha256)
        yield len(batch)
