"""A campaign (排查), its questions, one sheet for each office that takes part, and what was found.

A finding is about an issue – a topic, a place, a policy, an office – and never about a person: no column holds the name of
a retiree, and none is added. A finding without an outcome stays open, with one owner and one date.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.cases.models import Case
from huiyin.orgs.models import Office, Topic
from huiyin.people.models import Staff


class Campaign(models.Model):
    """What is looked into, where, by whom and until when. `asked_on` is the day that was typed, `due_on` the working day that
    counts. `office` is where it was planned: those who take part lie at or below it."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("定期排查")
        CONCENTRATED = "concentrated", _("集中排查")

    class Scope(models.TextChoices):
        GENERAL = "general", _("全面排查")
        FOCUSED = "focused", _("专项排查")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("campaign", "还在拟")
        RUNNING = "running", pgettext_lazy("campaign", "正在排查")
        CLOSED = "closed", pgettext_lazy("campaign", "已结束")

    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind)
    scope = models.CharField(max_length=8, choices=Scope)
    topics = models.ManyToManyField(Topic, related_name="+")
    policy = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=100, blank=True)
    aim = models.TextField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    offices = models.ManyToManyField(Office, related_name="+")
    runner = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    asked_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = models.TextField(blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="campaign_period_in_order"),
            models.CheckConstraint(condition=Q(asked_on__lte=F("due_on")), name="campaign_due_not_before_asked"),
            models.CheckConstraint(condition=Q(state="draft") | Q(started_at__isnull=False), name="campaign_started"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="campaign_closed_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "-due_on", "-id"], name="campaign_state_due")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of a campaign. `asks_finding`: an answer of yes needs a finding; `counts_people`: the number is one of people."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("是或否")
        NUMBER = "number", _("填数")
        CHOICE = "choice", _("选一项")
        TEXT = "text", _("写几句")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=300)
    options = models.JSONField(default=list)
    asks_finding = models.BooleanField(default=False)
    counts_people = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="question_once"),
            models.CheckConstraint(
                condition=Q(asks_finding=False) | Q(kind="yes_no"), name="only_a_yes_asks_for_a_finding"
            ),
            models.CheckConstraint(condition=Q(counts_people=False) | Q(kind="number"), name="only_a_number_counts"),
        ]
        ordering = ["campaign_id", "number"]


class Sheet(models.Model):
    """The answers of one office. `found` is said expressly: "" not yet, nothing or findings. `first_signed_on` stays when the
    sheet is returned and signed again, so that lateness can't be mended away."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("sheet", "还在填")
        FILLED = "filled", pgettext_lazy("sheet", "等负责人签字")
        RETURNED = "returned", pgettext_lazy("sheet", "退回补充")
        SIGNED = "signed", pgettext_lazy("sheet", "已签字交上")

    class Found(models.TextChoices):
        NOTHING = "nothing", _("没有发现问题")
        FINDINGS = "findings", _("有发现，都写在下面了")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="sheets")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    due_on = models.DateField()
    answers = models.JSONField(default=dict)
    found = models.CharField(max_length=8, choices=Found, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    first_signed_on = models.DateField(null=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "office"], name="sheet_once_per_office"),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(signed_by__isnull=False) & Q(signed_on__isnull=False)),
                name="signed_sheet_has_a_signer",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | ~Q(found=""), name="signed_sheet_says_what_was_found"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="returned_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_on"], name="sheet_waiting_office", condition=~Q(state="signed")),
        ]


class SheetDraft(models.Model):
    """What somebody typed into a sheet and did not save yet, and the version of the sheet that they saw."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="drafts")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "staff"], name="sheet_draft_once_per_person")]


class Finding(models.Model):
    """What an office found. `people_count` is roughly how many people it touches, None where nobody can say."""

    class Outcome(models.TextChoices):
        CASE = "case", pgettext_lazy("outcome", "立为早期事项")
        SETTLED = "settled", pgettext_lazy("outcome", "当场解决")
        HANDED = "handed", pgettext_lazy("outcome", "转给别的单位")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="findings")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=100, blank=True)
    concerned = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    policy = models.CharField(max_length=200, blank=True)
    people_count = models.PositiveIntegerField(null=True)
    description = models.TextField()
    measure = models.TextField(blank=True)
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    due_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    outcome_note = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    handed_to = models.CharField(max_length=100, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="screening_finding")
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True) | (~Q(outcome="") & Q(outcome_at__isnull=False)),
                name="finding_outcome_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(outcome="case", case__isnull=False) | (~Q(outcome="case") & Q(case__isnull=True)),
                name="finding_case_is_linked",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="settled") | ~Q(outcome_note=""), name="settled_says_what_was_done"
            ),
            models.CheckConstraint(condition=~Q(outcome="handed") | ~Q(handed_to=""), name="handed_says_to_whom"),
            models.CheckConstraint(condition=~Q(description=""), name="finding_is_described"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="finding_open_owner", condition=Q(outcome="")),
            models.Index(fields=["due_on", "id"], name="finding_open_due", condition=Q(outcome="")),
        ]


class Act(models.Model):
    """What was done with a campaign, a sheet or a finding, when and by whom. Only grows, by triggers."""

    class Kind(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("record", "拟了排查")
        COPIED = "copied", pgettext_lazy("record", "照上次的拟了排查")
        CHANGED = "changed", pgettext_lazy("record", "改了排查")
        STARTED = "started", pgettext_lazy("record", "开始排查")
        MOVED = "moved", pgettext_lazy("record", "放假日历变了，期限重算")
        CLOSED = "closed", pgettext_lazy("record", "结束排查")
        FILLED = "filled", pgettext_lazy("record", "填好，交负责人签字")
        SIGNED = "signed", pgettext_lazy("record", "签字交上")
        RETURNED = "returned", pgettext_lazy("record", "退回补充")
        FOUND = "found", pgettext_lazy("record", "写了一条发现")
        MENDED = "mended", pgettext_lazy("record", "改了发现")
        PASSED = "passed", pgettext_lazy("record", "换了负责的人")
        CASE = "case", pgettext_lazy("record", "立为早期事项")
        SETTLED = "settled", pgettext_lazy("record", "当场解决")
        HANDED = "handed", pgettext_lazy("record", "转给别的单位")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="acts")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="acts")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="acts")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=60)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
