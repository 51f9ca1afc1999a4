from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import masking
from ..crypto import DigestField, EncryptedTextField
from .places import Organisation


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        """A user who can sign in; without a password, by phone code only."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username, password=None, **fields):
        """A user who holds every permission, and is still bound by maker and checker."""
        return self.create_user(username, password, **fields | {"is_staff": True, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in (用户): a patient, a relative or a member of staff."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    username = models.CharField(_("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = EncryptedTextField(_("name shown"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.CHINESE)
    is_staff = models.BooleanField(_("member of staff"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="users")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    temporary_until = models.DateTimeField(null=True, blank=True, editable=False)  # while her password is one that somebody gave her
    seat = models.CharField(max_length=32, blank=True, default="", editable=False)  # of staff: the one session that counts

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        verbose_name, verbose_name_plural = _("user"), _("users")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_staff=True), name="user_one_staff_account",
                violation_error_message=_("This person has an account as a member of staff already."),
            ),
        ]

    def __str__(self):
        return self.username  # not the name: Django's admin keeps what this says in clear

    def get_short_name(self):
        return self.display_name or self.username

    @property
    def audit_label(self) -> str:
        """In which capacity she acts, for the trail: a role and never a name."""
        if self.is_superuser:
            return "administrator"
        return self.posts.order_by("-principal", "-since").values_list("role", flat=True).first() or "person"


class Phone(models.Model):
    """A mobile number by which a user signs in (手机号); one number may serve several users."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("user"), related_name="phones")
    number = EncryptedTextField(_("number"))
    digest = DigestField(of="number", purpose="phone", db_index=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("phone"), _("phones")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="phone_once_per_user")]

    def __str__(self):
        return self.masked_number

    @property
    def masked_number(self):
        return masking.phone(self.number)


class Role(models.TextChoices):
    """What somebody does at an organisation (岗位角色); what a role may do stands in roles.py."""

    CLERK = "clerk", _("clerk")
    OFFICER = "officer", _("officer")
    COUNTER = "counter", _("counter clerk")
    INSURANCE_OFFICE = "insurance_office", _("hospital insurance office")
    PHYSICIAN = "physician", _("physician")
    DEPARTMENT_HEAD = "department_head", _("department head")
    DRUG_PHYSICIAN = "drug_physician", _("special-drug physician")
    EXPERT = "expert", _("review expert")
    FAMILY_DOCTOR = "family_doctor", _("family doctor")
    ESCORT = "escort", _("escort")
    HOSPITAL_ADMIN = "hospital_admin", _("hospital administrator")
    APP_ADMIN = "app_admin", _("administrator of an online platform")  # makes the keys of its software, and does nothing else
    PHARMACY = "pharmacy", _("pharmacy staff")
    BANK = "bank", _("bank staff")
    CONNECTED = "connected_system", _("connected system")  # a hospital's own software, by a key that its administrator made
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDIT_ADMIN = "audit_admin", _("audit administrator")


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)  # 三员分立: nobody is two of them at once
HELD = Func("since", "until", Value("[]"), function="daterange", output_field=DateRangeField())


class PostQuerySet(models.QuerySet):
    def in_force(self, on):
        """The posts held on that day, their first and last day included."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Post(models.Model):
    """Where a member of staff works and as what (岗位); it bounds what they see and do."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("user"), related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="posts")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    principal = models.BooleanField(_("main post"), default=False)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("given by"), null=True, blank=True, related_name="posts_given")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("post"), _("posts")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(given_by=None) | ~Q(given_by=F("user")), name="post_not_given_to_oneself"),
            models.UniqueConstraint(fields=["user", "organisation", "role", "since"], name="post_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(principal=True), name="post_one_principal"),
            ExclusionConstraint(
                name="post_administrators_apart", condition=Q(role__in=ADMINISTRATORS),
                expressions=[("user", RangeOperators.EQUAL), ("role", RangeOperators.NOT_EQUAL), (HELD, RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "System, security and audit administrator must be three people: this user already holds one of the other two."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.organisation}"
