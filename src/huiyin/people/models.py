"""Staff with roles in an office, and the roster of retired people.

Contact data of a retiree is optional throughout; a paper or oral filing without any is lawful. Nothing here counts
or marks how often somebody petitions, and no free note follows a person.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.db.columns import PrefixText
from huiyin.orgs.models import Office
from huiyin.people.policy import Actor


class Role(models.TextChoices):
    CLERK = "clerk", _("接待员")
    HANDLER = "handler", _("承办人")
    HEAD = "head", _("科室负责人")
    LEADER = "leader", _("单位负责人")
    SUPERVISOR = "supervisor", _("督办员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username=username)


class Staff(AbstractBaseUser):
    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="staff", verbose_name=_("所在科室"))
    phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    takes_intake = models.BooleanField(_("接收网上来件"), default=False)
    is_active = models.BooleanField(_("在岗"), default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = StaffManager()
    acts_as: Actor | None = None  # where it was fetched along (`services.account`)

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="role_rows")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="role_once_per_staff")]


class ApiToken(models.Model):
    """A bearer token; only its digest is kept."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class AccountAct(models.Model):
    """What was done to an account, when and by whom (None: with a command on the machine). Only grows, by triggers.

    `detail`: {"roles": [before, after]} as codes, {"office": [before, after]} or {"label": a token's}.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("建了账号")
        ROLES = "roles", _("改了岗位")
        MOVED = "moved", _("换了科室")
        PASSWORD = "password", _("重设了密码")
        ENDED = "ended", _("停用了账号")
        BACK = "back", _("重新启用了账号")
        TOKEN = "token", _("发了接口令牌")
        TOKEN_ENDED = "token_ended", _("作废了接口令牌")
        DRAFTS = "drafts", _("交出了没登记的草稿")
        NUMBERS = "numbers", _("按整个号码找人，多次没找到")

    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.JSONField(default=dict)


class Person(models.Model):
    """A retired person on the roster of an office."""

    class Kind(models.TextChoices):
        RETIRED_CADRE = "lixiu", _("离休")
        RETIRED = "tuixiu", _("退休")
        RESIGNED = "tuizhi", _("退职")

    class IdKind(models.TextChoices):
        RESIDENT = "resident", _("居民身份证")
        PERMIT = "permit", _("港澳台居民居住证")
        PASSPORT = "passport", _("护照")
        OTHER = "other", _("其他证件")

    class Sex(models.TextChoices):
        FEMALE = "female", _("女")
        MALE = "male", _("男")

    office = models.ForeignKey(Office, models.PROTECT, related_name="retirees", verbose_name=_("服务管理单位"))
    staff_no = PrefixText(_("工号"), max_length=40, blank=True)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = PrefixText(max_length=200, blank=True)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    died_on = models.DateField(_("去世日期"), null=True, blank=True)
    id_kind = models.CharField(_("证件种类"), max_length=10, choices=IdKind, blank=True)
    id_number = PrefixText(_("证件号码"), max_length=40, blank=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = PrefixText(_("电话"), max_length=30, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    kind = models.CharField(_("离退休类别"), max_length=10, choices=Kind, blank=True)
    former_unit = models.CharField(_("原工作单位"), max_length=100, blank=True)
    rank = models.CharField(_("职级"), max_length=60, blank=True)
    retired_on = models.DateField(_("离退休日期"), null=True, blank=True)
    lives_elsewhere = models.BooleanField(_("异地居住"), default=False)
    living = models.CharField(_("居住情况"), max_length=60, blank=True)
    party_branch = models.CharField(_("党支部"), max_length=80, blank=True)
    languages = models.CharField(_("使用语言"), max_length=60, blank=True)
    contact_name = models.CharField(_("家属联系人"), max_length=60, blank=True)
    contact_relation = models.CharField(_("与本人关系"), max_length=20, blank=True)
    contact_phone = models.CharField(_("联系人电话"), max_length=30, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_kind", "id_number"], condition=~models.Q(id_number=""), name="person_once_per_id"
            ),
            models.UniqueConstraint(
                fields=["office", "staff_no"], condition=~models.Q(staff_no=""), name="person_once_per_staff_no"
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="person_name"),
            models.Index(fields=["pinyin", "id"], name="person_pinyin"),
            models.Index(fields=["staff_no"], name="person_staff_no"),
            models.Index(fields=["id_number"], name="person_id_number"),
            models.Index(fields=["id_tail"], name="person_id_tail"),
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["phone_tail"], name="person_phone_tail"),
        ]

    def __str__(self) -> str:
        return self.name


class NameKey(models.Model):
    """One way to type a person's name: the name or its end, its pinyin, its initials, each reading on a row of its own.

    The office is repeated here so that a search within some offices stays inside one index.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_keys")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    key = PrefixText(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["key", "office", "person"], name="name_key")]


class PersonChange(models.Model):
    """What was changed about a person, when and by whom: {field: [before, after]}, {} when entered. Only grows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60)
    changes = models.JSONField()


class RosterImport(models.Model):
    """One uploaded roster file on its way: columns matched, previewed, then imported in the background."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("等待核对列")
        RUNNING = "running", _("正在导入")
        DONE = "done", _("导入完成")
        FAILED = "failed", _("没有导入")

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    heading_row = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    errors_sha256 = models.CharField(max_length=64, blank=True)
    message = models.JSONField(default=dict)


class RosterProblem(models.Model):
    """A row of a roster file that was not imported: its cells as they stood, and what to mend in them."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster_import", "row"], name="problem_once_per_row")]
        ordering = ["roster_import_id", "row"]


class Absence(models.Model):
    """Somebody is away from a day to a day (both included); the deputy stands in. Why is nobody's business."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="absences")
    from_on = models.DateField(_("从哪天"))
    to_on = models.DateField(_("到哪天"))
    deputy = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=True) | ~models.Q(deputy=models.F("staff")), name="deputy_is_another"
            ),
            models.UniqueConstraint(fields=["staff", "from_on", "to_on"], name="absence_once"),
        ]
        indexes = [models.Index(fields=["to_on", "from_on"], name="absence_days")]
