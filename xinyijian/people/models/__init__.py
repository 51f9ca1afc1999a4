"""Who there is: places, users and their posts, insured persons and how they belong together."""
from .codes import OneTimeCode
from .consents import Consent
from .doors import Authenticator, BackupCode, Binding
from .mutual_aid import MutualAid
from .persons import FamilyLink, Grant, Person, Relation, Sex, Standing
from .places import Organisation, Region
from .users import Phone, Post, Role, User

__all__ = [
    "Authenticator", "BackupCode", "Binding", "Consent", "FamilyLink", "Grant", "MutualAid", "OneTimeCode", "Organisation", "Person",
    "Phone", "Post", "Region", "Relation", "Role", "Sex", "Standing", "User",
]
