from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """What has a Chinese and an English name."""

    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class Region(Named):
    """An insurance region (医保区划, 统筹区): six digits, close to GB/T 2260 but not equal to it."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        COUNTY = "county", _("county")
        TOWN = "town", _("town")

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, verbose_name=_("belongs to"), null=True, blank=True, related_name="children")
    level = models.CharField(_("level"), max_length=8, choices=Level)

    class Meta:
        verbose_name, verbose_name_plural = _("region"), _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{6}$"), name="region_code_six_digits"),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="region_not_in_itself"),
        ]


class Organisation(Named):
    """A bureau, hospital, pharmacy, bank or online platform that takes part (医保局、试点医院、定点药店、银行、线上平台)."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("insurance bureau")
        HOSPITAL = "hospital", _("hospital")
        PHARMACY = "pharmacy", _("pharmacy")
        BANK = "bank", _("bank")
        APP = "app", _("online platform")  # the province's app, or the national platform where it hands over to the province

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("region"), related_name="organisations")
    hosp_lv = models.CharField(_("hospital level"), max_length=2, blank=True, help_text=_("code of the platform's table hosp_lv"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["code"]
