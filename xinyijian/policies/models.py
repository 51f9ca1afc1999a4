"""Packs of values, their references and history, and the published working calendar."""
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q
from django.db.models import Value as Literal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Grade(models.TextChoices):
    """How well a value is founded; the latter two are marked wherever they take effect."""

    SOURCED = "sourced", _("sourced")
    ASSUMED = "assumed", _("assumed")
    UNVERIFIED = "unverified", _("not verified")


class Reference(models.Model):
    """依据: what a value rests on, named by its ID and described in our own words."""

    id = models.CharField(_("ID"), max_length=40, primary_key=True)
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300)

    class Meta:
        verbose_name, verbose_name_plural = _("source"), _("sources")

    def __str__(self):
        return self.id


class Pack(models.Model):
    """地区政策包: the file of values of one region, as last loaded."""

    region = models.CharField(_("region"), max_length=6, unique=True)
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name, verbose_name_plural = _("policy pack"), _("policy packs")

    def __str__(self):
        return self.title


class Value(models.Model):
    """参数值: one parameter in one region for a time; a draft takes effect when a second officer puts it in force."""

    service = models.CharField(_("service"), max_length=40)
    name = models.CharField(_("parameter"), max_length=80)
    region = models.CharField(_("region"), max_length=6)
    content = models.JSONField(pgettext_lazy("of a parameter", "value"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade)
    reference = models.ForeignKey(Reference, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    note = models.CharField(_("in our own words"), max_length=300, blank=True)
    note_en = models.CharField(_("in our own words, in English"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    in_force = models.BooleanField(_("in force"), default=True)
    edited_by_id = models.BigIntegerField(_("edited by"), null=True, editable=False)  # null: as the pack says
    approved_by_id = models.BigIntegerField(_("approved by"), null=True, editable=False)
    replaces = models.ForeignKey(  # a draft that changes a value in force takes its place when a second officer agrees
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("changes the value"))
    replaced_at = models.DateTimeField(_("replaced at"), null=True, editable=False)  # it stands for the history alone

    class Meta:
        verbose_name, verbose_name_plural = _("policy value"), _("policy values")
        ordering = ["service", "region", "name", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="policies_one_value_at_a_time",
                expressions=[("service", "="), ("name", "="), ("region", "="),
                             (Func(F("valid_from"), F("valid_until"), Literal("[]"), function="daterange"), "&&")],
                condition=Q(in_force=True),
                violation_error_message=_("Another value of this parameter is in force in that time."),
            ),
            models.CheckConstraint(
                name="policies_ends_after_it_begins", condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))),
            models.CheckConstraint(
                name="policies_four_eyes", condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("edited_by_id"))),
            models.CheckConstraint(
                name="policies_edited_is_approved", condition=Q(in_force=False) | Q(edited_by_id=None) | Q(approved_by_id__isnull=False)),
            models.CheckConstraint(name="policies_replaced_is_over", condition=Q(replaced_at=None) | Q(in_force=False)),
            models.CheckConstraint(name="policies_sourced_names_its_source", condition=~Q(grade="sourced") | Q(reference__isnull=False)),
        ]

    def __str__(self):
        return f"{self.service}.{self.name} {self.region} {self.valid_from}"


class Change(models.Model):
    """变更记录: who changed what in the policy values, when and why; append-only."""

    append_only = True
    value = models.ForeignKey(Value, models.PROTECT, related_name="changes", verbose_name=_("policy value"))
    verb = models.CharField(_("what"), max_length=20)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))
    by_id = models.BigIntegerField(_("by"), null=True)  # null: a command
    at = models.DateTimeField(_("at"))
    because = models.CharField(_("because"), max_length=300)

    class Meta:
        verbose_name, verbose_name_plural = _("change of a policy value"), _("changes of policy values")
        ordering = ["id"]

    def __str__(self):
        return f"{self.verb} {self.at:%Y-%m-%d}"


class Version(models.Model):
    """One row with a token that triggers renew whenever a value, a reference or the calendar changes."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()


class CalendarYear(models.Model):
    """节假日安排年度: whether the State Council's notice of a year is in; before it only what the law itself fixes."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    published = models.BooleanField(_("published"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar year"), _("calendar years")

    def __str__(self):
        return str(self.year)


class CalendarDay(models.Model):
    """节假日或调休上班日: a day on which offices do not keep to the week; a notice may name days of a neighbouring year."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        MAKEUP = "makeup", _("make-up working day")

    day = models.DateField(_("day"), primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days", verbose_name=_("notice of the year"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar day"), _("calendar days")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"
