"""Words of filings in templates."""
from django import template

from remote_care.papers import names_of
from xinyijian.people import masking
from xinyijian.people.models import Region

register = template.Library()


@register.filter
def papers(codes) -> str:
    """The names of documents in one line."""
    return names_of(codes)


@register.filter
def place_name(code) -> str:
    """The name of a city; empty for none."""
    return str(Region.objects.filter(pk=code).first() or "")


@register.filter
def masked_name(text) -> str:
    """What the desk sees of a contact person's name."""
    return masking.name(text)


@register.filter
def masked_phone(text) -> str:
    """What the desk sees of a contact person's phone."""
    return masking.phone(text)
