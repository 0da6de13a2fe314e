"""The reception of a unit: duties, leaders' days, the queue, visits, oral statements, event notes.

A visit and a ticket say nothing of who came or why; a name stands only where somebody's own words are written down for
them (Art. 19). An event note is about what happened: it has no link to a person, a roster or a case, by design.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case, Draft
from huiyin.documents.models import StoredFile
from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class Half(models.TextChoices):
    MORNING = "am", _("上午")
    AFTERNOON = "pm", _("下午")


class Duty(models.Model):
    """Somebody is on duty for half a working day; several may share one."""

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "half", "staff"], name="duty_once"),
            models.CheckConstraint(condition=Q(half__in=Half.values), name="duty_is_half_a_day"),
        ]
        ordering = ["day", "half", "id"]


class LeaderDay(models.Model):
    """A leader hears petitioners in person (领导接访); announced to everybody. Called off with a reason, never silently."""

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    leader = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=100)
    planned_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "leader", "day", "begins"], name="leader_day_once"),
            models.CheckConstraint(condition=Q(begins__lt=F("ends")), name="leader_day_begins_before_it_ends"),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | ~Q(called_off_why=""), name="leader_day_called_off_why"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="leader_day_day")]
        ordering = ["day", "begins", "id"]


class Room(models.Model):
    """The waiting room of a unit: the secret in the address of its screen."""

    unit = models.OneToOneField(Office, models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)


class Ticket(models.Model):
    """A number of the day. `called_as` (老张、李阿姨) is wiped when the next day's first number is taken."""

    class State(models.TextChoices):
        WAITING = "waiting", _("在等")
        CALLED = "called", _("已叫号")
        SEEN = "seen", _("正在接谈")
        DONE = "done", _("谈完了")
        LEFT = "left", _("先走了")

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    called_as = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)
    served_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, null=True, unique=True)
    call_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "number"], name="ticket_number_once_a_day"),
            models.CheckConstraint(
                condition=Q(state="waiting", called_at__isnull=True, served_by__isnull=True, ended_at__isnull=True)
                | Q(state="called", called_at__isnull=False, served_by__isnull=False, ended_at__isnull=True)
                | Q(state="seen", seen_at__isnull=False, served_by__isnull=False, ended_at__isnull=True)
                | Q(state="done", seen_at__isnull=False, served_by__isnull=False, ended_at__isnull=False)
                | Q(state="left", seen_at__isnull=True, ended_at__isnull=False),
                name="ticket_state_has_its_moments",
            ),
        ]
        indexes = [models.Index(fields=["unit", "day", "state", "number"], name="ticket_queue")]


class Visit(models.Model):
    """One visit, from the queue or straight in. Of the people who came only their number is kept."""

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, related_name="visit")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=1)
    received_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    done = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="visit_has_somebody"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="visit_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["unit", "day", "came_at"], name="visit_day")]


class Statement(models.Model):
    """What somebody said, taken down for them (Art. 19). `latest` is the number of the version that counts."""

    class State(models.TextChoices):
        WRITING = "writing", _("还没确认")
        CONFIRMED = "confirmed", _("本人确认了")
        WITHDRAWN = "withdrawn", _("本人不提了")

    class Via(models.TextChoices):
        VISIT = "visit", _("当面说的")
        PHONE = "phone", _("电话里说的")
        LEADER = "leader", _("领导接访时说的")

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.VISIT)
    began_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    latest = models.PositiveIntegerField(default=1)
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_why="")
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="statement_withdrawn_why",
            )
        ]
        indexes = [models.Index(fields=["unit", "-began_at"], name="statement_unit")]


class StatementVersion(models.Model):
    """The words as they stood at one moment. Only grows."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_version_says_something"),
        ]
        ordering = ["statement_id", "number"]


class Confirmation(models.Model):
    """The person heard or read the words and said that they are right. Only grows; one for each statement."""

    class How(models.TextChoices):
        ALOUD = "aloud", _("念给本人听")
        READ = "read", _("本人自己看")

    class Mark(models.TextChoices):
        SIGNED = "signed", _("签了名")
        PRINT = "print", _("按了手印")
        NONE = "none", _("没有在纸上签")

    statement = models.OneToOneField(Statement, models.PROTECT, related_name="confirmation")
    version = models.OneToOneField(StatementVersion, models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    present = models.CharField(max_length=100)
    mark = models.CharField(max_length=8, choices=Mark)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")


class EventNote(models.Model):
    """What happened in the reception room: an event, never a person's record. Only grows.

    `act` is the item of Art. 26, for a violent act alone; `called` are the numbers that somebody present decided to call.
    """

    class Kind(models.TextChoices):
        FIRST_AID = "aid", _("急救")
        FIRE = "fire", _("消防")
        VIOLENCE = "violence", _("冲突")

    class Act(models.TextChoices):
        GATHERING = "1", _("（一）非法聚集、围堵冲击、拦截车辆、堵塞交通")
        WEAPONS = "2", _("（二）携带危险物品、管制器具")
        STAFF = "3", _("（三）侮辱、殴打、威胁工作人员，限制他人自由，毁坏财物")
        STAYING = "4", _("（四）在接待场所滞留、滋事，弃留生活不能自理的人")
        INCITING = "5", _("（五）煽动、串联、胁迫、操纵他人信访，借机敛财")
        OTHER = "6", _("（六）其他扰乱公共秩序的行为")

    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=60)
    what = models.TextField()
    at_once = models.TextField()
    called = models.CharField(max_length=20, blank=True)
    called_by = models.CharField(max_length=60, blank=True)
    calmed = models.TextField(blank=True)
    act = models.CharField(max_length=1, choices=Act, blank=True)
    reviewer = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="violence") & ~Q(act="") & ~Q(reviewer="") & ~Q(calmed=""))
                | (~Q(kind="violence") & Q(act="")),
                name="violent_act_has_its_article_and_reviewer",
            ),
            models.CheckConstraint(condition=Q(called="") | ~Q(called_by=""), name="somebody_decided_to_call"),
        ]
        indexes = [models.Index(fields=["unit", "-happened_at"], name="event_note_unit")]


class EventAddition(models.Model):
    """What was added to an event note later: more facts, that the person was told, their reply, the legal review. Only grows."""

    class Kind(models.TextChoices):
        MORE = "more", _("补记")
        TOLD = "told", _("已告知当事人")
        REPLY = "reply", _("当事人的说明")
        REVIEW = "review", _("法制审核意见")

    event = models.ForeignKey(EventNote, models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="event_addition_says_something")]
        ordering = ["event_id", "id"]
