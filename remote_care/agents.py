"""Who may file online for somebody else (S3.9): a rule of the region beside leave to act."""
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet

from .states import Channel


def agent_may_file(facts, params):
    """S3.9: where the region says so, a relative files only for members of one mutual-aid group; a minor's guardian stands for her.

    The national platform asks no such thing (S3.26): there, leave to act is enough.
    """
    if not facts.for_other:
        return Met(_("Filed by herself, or at the counter"), "S3.9")
    if params.agents != "mutual_aid" or facts.stands_in or facts.channel == Channel.NATIONAL:
        return Met(_("The relative may file for her"), "S3.9")
    return Unmet(
        "not_in_the_group",
        _("In this region a relative may file online only for members of one family mutual-aid group, and you two are not in one"),
        "S3.9",
        _("Bind the mutual-aid group first: open “My family”, choose “Mutual-aid group” and let both agree. Or file at the counter"),
    )
