"""What stands in the two files. Every column must be there, in any order; a cell may be empty where rows.py allows it."""

PERSONS = (
    "psn_no", "name", "cert_type", "cert_number", "sex", "born_on", "region", "insutype", "psn_type", "phone", "address", "died_on",
)  # fmt: skip
LINKS = ("person", "relative", "relation", "since", "until", "proof", "verified_on")  # both persons by their psn_no

WHOLE, SHARE = 32, 16  # hex digits of Person.roster_digest: of the whole row, then of each group
GROUPS = {  # what is written together
    "identity": ("name", "sex", "born_on", "died_on"),
    "insurance": ("psn_no", "region", "insutype", "psn_type"),
    "contact": ("phone", "address"),
}
