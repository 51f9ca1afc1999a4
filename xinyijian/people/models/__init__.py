"""Who there is: places, users and their posts, insured persons and how they belong together."""
from .codes import OneTimeCode
from .consents import Consent
from .contacts import Contact, ContactCode, PlatformKey, Wishes
from .doors import Authenticator, BackupCode, Binding
from .kiosks import Kiosk
from .mutual_aid import MutualAid
from .persons import FamilyLink, Grant, Person, Relation, Sex, Standing
from .places import Organisation, Region
from .users import Phone, Post, Role, User

__all__ = [
    "Authenticator", "BackupCode", "Binding", "Consent", "Contact", "ContactCode", "FamilyLink", "Grant", "Kiosk", "MutualAid",
    "OneTimeCode", "Organisation", "Person", "Phone", "PlatformKey", "Post", "Region", "Relation", "Role", "Sex", "Standing",
    "User", "Wishes",
]
