"""Why a row was not taken, in words. The code of a reason is for programs; some name the row that came first."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "columns": _("The row does not have as many cells as the header."),
    "name_missing": _("The name is missing."),
    "name_format": _("The name has more than 100 characters, or characters that no name has."),
    "cert_type": _("This kind of certificate does not exist."),
    "cert_format": _("The certificate number does not have the form of its kind."),
    "cert_birthday": _("The date of birth in the ID number does not exist."),
    "cert_check": _("The last character of the ID number does not fit the others."),
    "sex": _("Sex is one of 0, 1, 2 and 9."),
    "born": _("The birthday is missing or is no date (YYYY-MM-DD)."),
    "born_later": _("The birthday lies after the day of the roster."),
    "born_differs": _("The birthday is not the one in the ID number."),
    "died": _("The day of death is no date, or does not lie between the birthday and the day of the roster."),
    "psn_no": _("The insurance number is missing, or has other characters than digits and letters, or more than 30."),
    "insutype": _("The kind of insurance has more than six characters."),
    "psn_type": _("The kind of insured person has more than six characters."),
    "phone": _("The phone number is none."),
    "address": _("The address has more than 200 characters, or characters that no address has."),
    "region": _("This region is not known here."),
    "cert_twice": _("The same certificate stands in row %(row)s."),
    "psn_no_twice": _("The same insurance number stands in row %(row)s."),
    "psn_no_taken": _("Somebody with another certificate has this insurance number here: a person must look at it."),
    "link_self": _("Nobody is her own relative."),
    "relation": _("The relation is one of spouse, parent and child."),
    "since": _("The first day is missing or is no date (YYYY-MM-DD)."),
    "until": _("The last day is no date, or lies before the first."),
    "proof": _("The proof has more than 100 characters."),
    "verified": _("The day of verification is no date, or lies after the day of the roster, or there is no proof."),
    "person": _("Nobody has the insurance number of the person."),
    "relative": _("Nobody has the insurance number of the relative."),
    "link_twice": _("The same two people stand in row %(row)s."),
    "link_case": _("Case %(row)s has registered this tie: a clerk looks at it and ends it there."),
    "link_conflict": _("Another tie stands between these two: a person must look at it."),
}


def in_words(problems: str) -> str:
    """All reasons of one row: "born,cert_twice:17" as sentences."""
    reasons = (one.partition(":") for one in problems.split(","))
    return " ".join(str(WORDS[code]) % {"row": row} for code, _colon, row in reasons)
