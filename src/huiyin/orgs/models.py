"""The tree of organisations, the topics that they are competent for, and the calendars in force.

A unit (机关、单位) issues letters in its own name and has a superior that reviews them (Arts. 23, 35); a section (科室)
works inside a unit. `path` holds the ids from the root, so that a subtree is one range of an index.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.db.columns import PrefixText


class Office(models.Model):
    class Kind(models.TextChoices):
        UNIT = "unit", _("单位")
        SECTION = "section", _("科室")

    class Role(models.TextChoices):
        PETITION_BUREAU = "bureau", _("党委和政府信访部门")
        UNIT = "unit", _("其他机关、单位")

    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("性质"), max_length=10, choices=Kind, default=Kind.SECTION)
    role = models.CharField(_("在信访工作中的身份"), max_length=10, choices=Role, default=Role.UNIT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = PrefixText(max_length=200, unique=True)
    letter_prefix = models.CharField(_("发文机关代字"), max_length=20, blank=True)
    superior = models.CharField(_("复查机关（上一级机关、单位）"), max_length=80, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    hours = models.CharField(_("接待时间"), max_length=120, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="office_name_once_below_parent"),
            models.CheckConstraint(condition=~models.Q(name=""), name="office_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a matter is about: a dictionary in levels that an office may replace by its own."""

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name_zh


class Competence(models.Model):
    """An office has authority over a topic (有权处理)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="competences")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="competences")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "topic"], name="competence_once")]


class CalendarEdition(models.Model):
    """A calendar that was imported over the one shipped; the newest counts."""

    version = models.CharField(max_length=40, unique=True)
    rows = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=60)


class Installation(models.Model):
    """The one row about this installation: whose it is, which office stands at the counter, whether it is a demonstration."""

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Office, models.PROTECT, related_name="+")
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]
