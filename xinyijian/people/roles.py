"""Which role may do what. A permission is "service.deed"; whoever adds a step with a new one declares it here."""
from .models import Role

BUREAU = frozenset({Role.CLERK, Role.OFFICER, Role.COUNTER})
DESKS = BUREAU | {Role.INSURANCE_OFFICE}  # where somebody stands before whoever files; a hospital's own cases only
FILERS = DESKS | {Role.CONNECTED}  # and what a hospital's own software does for its insurance office
DECIDERS = frozenset({Role.CLERK, Role.OFFICER})

CARE = frozenset({Role.INSURANCE_OFFICE, Role.PHYSICIAN, Role.DEPARTMENT_HEAD})  # who looks after cases at a hospital

HOSPITAL = frozenset({*CARE, Role.DRUG_PHYSICIAN, Role.EXPERT, Role.FAMILY_DOCTOR, Role.ESCORT, Role.HOSPITAL_ADMIN})

# What nobody is named for here, nobody may: the three administrators, bank, pharmacy, escorts and experts read no case by their post.
PERMISSIONS = {
    "remote_care.open_filing": FILERS,
    "remote_care.submit_filing": FILERS,
    "remote_care.accept_filing": DECIDERS,
    "remote_care.return_filing": DECIDERS,
    "remote_care.refuse_filing": DECIDERS,
    "remote_care.enter_number": DECIDERS,
    "remote_care.cancel_filing": BUREAU,
    "remote_care.end_filing": DECIDERS,
    "remote_care.note_use": frozenset({*DECIDERS, Role.INSURANCE_OFFICE, Role.CONNECTED}),
    "oversight.read": frozenset({Role.AUDITOR}),
    "oversight.prove": frozenset({Role.AUDITOR, Role.AUDIT_ADMIN}),
    "data_rights.submit": BUREAU,
    "data_rights.withdraw": frozenset({Role.COUNTER}),  # for her who stands there; never for whoever is asked to answer
    "data_rights.decide_correction": DECIDERS,
    "data_rights.answer_review": frozenset({Role.OFFICER}),
    "family.open_link": BUREAU,
    "family.take_consent": BUREAU,
    "family.verify_link": DECIDERS,
    "family.end_link": DECIDERS,
    "family.record_ties": BUREAU,  # leave to act and mutual-aid memberships, at the counter
    "casework.verify_gap": DECIDERS,
    "casework.report": frozenset({Role.OFFICER}),
    "casework.manage_breaches": frozenset({Role.OFFICER}),
    "casework.read": frozenset({*BUREAU, *CARE, Role.AUDITOR, Role.CONNECTED}),
    "casework.work": DESKS,
    "casework.share_views": frozenset({Role.OFFICER, Role.INSURANCE_OFFICE}),  # with everybody of one's office
    "connect.manage_keys": frozenset({Role.HOSPITAL_ADMIN, Role.APP_ADMIN}),
    "casework.reassign": frozenset({Role.OFFICER}),
    "documents.read": frozenset({*BUREAU, Role.AUDITOR, Role.INSURANCE_OFFICE}),
    "documents.receive": FILERS,
    "hospital.desk": HOSPITAL,
    "hospital.check": CARE | {Role.DRUG_PHYSICIAN},
    "hospital.sheets": frozenset({Role.INSURANCE_OFFICE}),
    "people.manage_hospital_staff": frozenset({Role.HOSPITAL_ADMIN}),
    "people.manage_kiosks": frozenset({Role.OFFICER}),
    "people.manage_platform_keys": frozenset({Role.HOSPITAL_ADMIN}),  # the platform gave them to the hospital
    "people.manage_bureau_staff": frozenset({Role.SECURITY_ADMIN}),
    "people.read": frozenset({*BUREAU, Role.AUDITOR}),
    "people.open_account": frozenset({Role.COUNTER, Role.OFFICER}),
    "people.reference": frozenset({Role.SYSTEM_ADMIN}),  # regions and organisations; nobody's record
    "people.unmask": frozenset({Role.OFFICER, Role.COUNTER}),
}


def allowed(permission: str) -> frozenset:
    """The roles that hold the permission; KeyError when it is not declared, because a typing mistake must not become a lock."""
    return PERMISSIONS[permission]
