"""The case (信访事项), its events, clocks, people and papers.

The events are the truth and only grow; the other rows are what replaying them gives, kept for fast reading.
An open case always has exactly one responsible office and person, and a date on which it will be looked at again.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.cases.copy_models import Copy as Copy
from huiyin.cases.level_models import CaseLevel as CaseLevel
from huiyin.cases.link_models import CaseLink as CaseLink
from huiyin.cases.people_models import CaseAgent as CaseAgent
from huiyin.cases.people_models import Petitioner as Petitioner
from huiyin.cases.sender_models import CaseSender as CaseSender
from huiyin.cases.task_models import CaseTask as CaseTask
from huiyin.documents.models import StoredFile
from huiyin.orgs.models import Office, Topic
from huiyin.people.models import Staff
from huiyin.procedure.editions import edition
from huiyin.procedure.papers import LETTERS
from huiyin.procedure.terms import Term


class Channel(models.TextChoices):
    LETTER = "letter", _("来信")
    VISIT = "visit", _("来访")
    PHONE = "phone", _("来电")
    FAX = "fax", _("传真")
    WEB = "web", _("网上")
    EMAIL = "email", _("电子邮件")
    SOCIAL = "social", _("微信等社交媒体")
    HOTLINE = "hotline", _("12345转办")
    SUPERIOR = "superior", _("上级交办")
    LEADER = "leader", _("领导接访")
    COMMUNITY = "community", _("社区转交")
    SCREENING = "screening", _("排查发现")


class Purpose(models.TextChoices):
    SUGGESTION = "suggestion", _("意见建议")
    APPEAL = "appeal", _("申诉")
    REQUEST = "request", _("求决")
    ENQUIRY = "enquiry", _("咨询")
    ACCUSATION = "accusation", _("检举控告")
    OTHER = "other", _("其他")


class Case(models.Model):
    no = models.CharField(max_length=20, unique=True)
    edition = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    sealed = models.BooleanField(default=False)
    accused = models.ForeignKey(Office, models.PROTECT, null=True, db_index=False, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.REQUEST)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField()
    place = models.CharField(max_length=100, blank=True)
    people_count = models.PositiveIntegerField(default=1)
    petitioner_name = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()
    registered_at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    responsible = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    first_asked = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    marks = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    due_term = models.CharField(max_length=20, blank=True)
    due_provisional = models.BooleanField(default=False)
    next_alert_on = models.DateField(null=True)
    rated = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    receipt_code = models.CharField(max_length=12, unique=True)
    receipt_digest = models.CharField(max_length=64, unique=True)
    receipt_secret = models.CharField(max_length=64)
    source = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=False) | (Q(office__isnull=False) & Q(responsible__isnull=False)),
                name="open_case_has_someone",
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(next_alert_on__isnull=False), name="open_case_will_be_looked_at"
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | Q(closed_at__isnull=False), name="closed_case_has_a_moment"
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="case_once_per_source"
            ),
        ]
        indexes = [
            models.Index(fields=["is_open", "due_on", "id"], name="case_open_due"),
            models.Index(fields=["office", "is_open", "due_on", "id"], name="case_office_due"),
            models.Index(fields=["responsible", "is_open", "due_on", "id"], name="case_person_due"),
            models.Index(fields=["first_asked", "is_open", "due_on", "id"], name="case_first_asked_due"),
            models.Index(
                fields=["next_alert_on", "id"], name="case_next_alert", condition=Q(next_alert_on__isnull=False)
            ),
            models.Index(fields=["state", "due_on", "id"], name="case_state_due"),
            models.Index(fields=["topic", "is_open", "due_on", "id"], name="case_topic_due"),
            models.Index(fields=["channel", "is_open", "due_on", "id"], name="case_channel_due"),
            models.Index(fields=["-received_on", "-id"], name="case_received"),
            models.Index(fields=["is_open", "-received_on", "-id"], name="case_settled"),
            models.Index(fields=["state", "-received_on", "-id"], name="case_state_received"),
            models.Index(fields=["office", "-received_on", "-id"], name="case_office_received"),
            models.Index(fields=["responsible", "-received_on", "-id"], name="case_person_received"),
            models.Index(fields=["first_asked", "-received_on", "-id"], name="case_first_asked_received"),
            models.Index(fields=["topic", "-received_on", "-id"], name="case_topic_received"),
            models.Index(fields=["channel", "-received_on", "-id"], name="case_channel_received"),
            models.Index(fields=["office", "state", "-received_on", "-id"], name="case_office_state_received"),
            models.Index(fields=["petitioner_name"], name="case_petitioner"),
            models.Index(fields=["sealed", "accused"], name="case_sealed", condition=Q(sealed=True)),
            models.Index(fields=["accused", "sealed"], name="case_accused", condition=Q(accused__isnull=False)),
        ]

    @property
    def evaluation(self) -> Evaluation | None:
        """What the petitioner said of the last answer that they rated."""
        return max(self.evaluations.all(), key=lambda each: each.pk, default=None)

    def __str__(self) -> str:
        return f"{self.no} {self.title}"


class CaseEvent(models.Model):
    """One act, as it was done. `facts` is what was recorded, `effects` is what it changed; neither is ever edited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=12)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    effects = models.JSONField(default=dict)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_once_per_place")]
        ordering = ["case_id", "seq"]


class Clock(models.Model):
    """A statutory term that runs or ran. `due_on` is statutory (rolled), `internal_on` is the date to be done by."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    term = models.CharField(max_length=20)
    start_on = models.DateField()
    days = models.PositiveIntegerField()
    raw_on = models.DateField()
    due_on = models.DateField()
    internal_on = models.DateField()
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=40)
    stopped_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "term"], condition=Q(stopped_on__isnull=True), name="one_running_clock_a_term"
            ),
            models.CheckConstraint(condition=Q(internal_on__lte=F("due_on")), name="internal_date_not_after_due"),
        ]
        indexes = [
            models.Index(fields=["calendar"], name="clock_running_calendar", condition=Q(stopped_on__isnull=True))
        ]

    @property
    def rule(self) -> Term:
        """The term as the case's edition has it, with this clock's own number of days."""
        return edition(self.case.edition).terms[self.term].with_days(self.days)


class Claim(models.Model):
    """One thing that is asked for, and what was answered to it (Art. 32); `ground` says why it was not supported,
    `money` whether money is to be paid where it was."""

    class Result(models.TextChoices):
        SUPPORTED = "supported", _("支持")
        EXPLAINED = "explained", _("解释说明")
        NOT_SUPPORTED = "not_supported", _("不支持")
        ANSWERED = "answered", _("答复")
        ADOPTED = "adopted", _("采纳")
        PARTLY_ADOPTED = "partly_adopted", _("部分采纳")
        NOT_ADOPTED = "not_adopted", _("没有采纳")

    class Ground(models.TextChoices):
        FACTS = "facts", _("缺乏事实根据")
        RULES = "rules", _("不符合规定")
        BOTH = "both", _("两样都有")

    class Money(models.TextChoices):
        YES = "yes", _("要付钱")
        NO = "no", _("不涉及付钱")

    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    number = models.PositiveIntegerField()
    text = models.TextField()
    result = models.CharField(max_length=15, choices=Result, blank=True)
    reason = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    ground = models.CharField(max_length=5, choices=Ground, blank=True)
    money = models.CharField(max_length=3, choices=Money, blank=True)
    amount = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="claim_once")]
        ordering = ["case_id", "number"]


class CaseFile(models.Model):
    """A paper of the case: the letter as it came, evidence, what was found."""

    class Purpose(models.TextChoices):
        ORIGINAL = "original", _("来件原件")
        EVIDENCE = "evidence", _("材料")
        FINDING = "finding", _("调查材料")

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.EVIDENCE)
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "file"], name="file_once_per_case")]


def letter_kinds() -> list[tuple[str, str]]:
    """The kinds of letters, named in the language of the moment."""
    return [(kind, name.say(get_language() or "zh")) for kind, name in LETTERS.items()]


class CaseLetter(models.Model):
    """An official letter. `data` is frozen when it is issued; the files are made from it and nothing else."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=letter_kinds)
    unit = models.ForeignKey(Office, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=40)
    dated_on = models.DateField()
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="letter_number_once")]
        ordering = ["case_id", "seq", "id"]


class Evaluation(models.Model):
    """What the petitioner says of an answer: reception, handling, procedure and result; an empty aspect was not rated. `office` gave that
    answer; None where a unit outside did."""

    class Rating(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        MOSTLY = "mostly", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")

    case = models.ForeignKey(Case, models.CASCADE, related_name="evaluations")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    reception = models.CharField(max_length=12, choices=Rating, blank=True)
    handling = models.CharField(max_length=12, choices=Rating, blank=True)
    procedure = models.CharField(max_length=12, choices=Rating, blank=True)
    result = models.CharField(max_length=12, choices=Rating, blank=True)
    comment = models.TextField(blank=True)
    via = models.CharField(max_length=12)
    at = models.DateTimeField()


class Draft(models.Model):
    """What somebody typed and has not handed in yet, at the desk or in the portal. Nothing typed is ever thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="drafts")
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    data = models.JSONField(default=dict)
    files = models.ManyToManyField(StoredFile, through="DraftFile")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["owner", "-updated_at"], name="draft_owner", condition=Q(case__isnull=True))]


class DraftFile(models.Model):
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="draft_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=CaseFile.Purpose, default=CaseFile.Purpose.EVIDENCE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "file"], name="file_once_per_draft")]
        ordering = ["id"]


class SavedView(models.Model):
    """A filter of the case list that someone keeps under a name."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="views")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="view_name_once")]


from huiyin.cases.supervision.models import Alarm, AlarmEntry  # noqa: E402, F401 - tables of this room in a file of their own
