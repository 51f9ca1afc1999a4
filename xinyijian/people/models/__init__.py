"""Who there is: places, users and their posts, insured persons and how they belong together."""
from .codes import OneTimeCode
from .doors import Authenticator, BackupCode, Binding
from .persons import FamilyLink, Grant, Person, Relation, Sex, Standing
from .places import Organisation, Region
from .users import Phone, Post, Role, User

__all__ = [
    "Authenticator", "BackupCode", "Binding", "FamilyLink", "Grant", "OneTimeCode", "Organisation", "Person", "Phone", "Post",
    "Region", "Relation", "Role", "Sex", "Standing", "User",
]
