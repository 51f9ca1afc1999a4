"""Which role may do what. A permission is "service.deed"; whoever adds a step with a new one declares it here."""
from .models import Role

BUREAU = frozenset({Role.CLERK, Role.OFFICER, Role.COUNTER})
DESKS = BUREAU | {Role.INSURANCE_OFFICE}  # where somebody stands before whoever files; a hospital's own cases only
DECIDERS = frozenset({Role.CLERK, Role.OFFICER})

CARE = frozenset({Role.INSURANCE_OFFICE, Role.PHYSICIAN, Role.DEPARTMENT_HEAD})  # who looks after cases at a hospital

# What nobody is named for here, nobody may: the three administrators, bank, pharmacy, escorts and experts read no case by their post.
PERMISSIONS = {
    "remote_care.open_filing": DESKS,
    "remote_care.submit_filing": DESKS,
    "remote_care.accept_filing": DECIDERS,
    "remote_care.return_filing": DECIDERS,
    "remote_care.refuse_filing": DECIDERS,
    "remote_care.enter_number": DECIDERS,
    "remote_care.cancel_filing": BUREAU,
    "remote_care.end_filing": DECIDERS,
    "casework.verify_gap": DECIDERS,
    "casework.read": frozenset({*BUREAU, *CARE, Role.AUDITOR}),
    "casework.work": DESKS,
    "casework.reassign": frozenset({Role.OFFICER}),
    "documents.read": frozenset({*BUREAU, Role.AUDITOR, Role.INSURANCE_OFFICE}),
    "documents.receive": DESKS,
    "people.read": frozenset({*BUREAU, Role.AUDITOR}),
    "people.unmask": frozenset({Role.OFFICER, Role.COUNTER}),
}


def allowed(permission: str) -> frozenset:
    """The roles that hold the permission; KeyError when it is not declared, because a typing mistake must not become a lock."""
    return PERMISSIONS[permission]
