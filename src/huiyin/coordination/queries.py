"""Reading meetings: the list, one meeting with its people, its agenda page by page. The number of queries is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from huiyin.cases import policy
from huiyin.coordination import access
from huiyin.coordination.models import AgendaItem, Meeting
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.people.policy import Actor

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One page of a list; `more` says that there are further pages."""

    rows: Sequence[Meeting]
    number: int
    more: bool


@dataclass(frozen=True)
class Agenda:
    """One page of an agenda; `counts` are all items, those decided, those that went to their case, those that could not; `hidden` are
    those that the reader may not be told of (Arts. 28, 30)."""

    rows: list[AgendaItem]
    number: int
    more: bool
    counts: dict[str, int]
    hidden: int


def listed(actor: Actor, *, page: int = 1) -> Listed:
    """The meetings that somebody may read, the latest first."""
    start = (max(1, page) - 1) * PAGE
    found = access.readable(actor).order_by("-held_on", "-pk")
    keys = found.values("pk")[start : start + PAGE + 1]
    counted = Meeting.objects.filter(pk__in=keys).annotate(matters=Count("items"))
    rows = list(counted.select_related("office", "chair").order_by("-held_on", "-pk"))
    return Listed(rows[:PAGE], max(1, page), len(rows) > PAGE)


def find(actor: Actor, meeting_id: int) -> Meeting:
    """The meeting with its people. Refused (not_found) if there is none, Forbidden if it is not theirs to read."""
    found = Meeting.objects.select_related("office__parent__parent", "chair__office", "minutes").prefetch_related(
        "participants__office"
    )
    meeting = found.filter(pk=meeting_id).first()
    if meeting is None:
        raise Refused("没有这次会议。", "There is no such meeting.", code="not_found")
    if not access.takes_part(actor, meeting) and not access.readable(actor).filter(pk=meeting_id).exists():
        raise Forbidden("您没有参加这次会议。", "You don't take part in this meeting.")
    return meeting


def item_of(meeting: Meeting, item_id: int, *, reader: Actor) -> AgendaItem:
    """An item of this meeting with its case. Refused (not_found) if there is none that the reader may be told of."""
    item = _items(meeting, reader).filter(pk=item_id).first()
    if item is None:
        raise Refused("这次会议没有这一项。", "This meeting has no such item.", code="not_found")
    item.meeting = meeting
    return item


def agenda(meeting: Meeting, *, reader: Actor, page: int = 1) -> Agenda:
    """One page of the agenda, in order, each item with its `number` (three queries)."""
    start = (max(1, page) - 1) * PAGE
    rows = list(_items(meeting, reader)[start : start + PAGE + 1])
    numbers = access.numbers(meeting)
    for row in rows:
        row.number = numbers[row.pk]  # type: ignore[attr-defined]
    decided = ~Q(outcome="")
    counts = meeting.items.filter(policy.known(reader, "case__")).aggregate(
        all=Count("pk"), decided=Count("pk", filter=decided), written=Count("pk", filter=Q(written_at__isnull=False)),
        carried=Count("pk", filter=Q(carried_at__isnull=False)),
        waiting=Count("pk", filter=decided & Q(carried_at=None, case__sealed=False)), refused=Count("pk", filter=Q(refusal__isnull=False)),
    )  # fmt: skip
    return Agenda(rows[:PAGE], max(1, page), len(rows) > PAGE, counts, len(numbers) - counts["all"])


def next_to(item: AgendaItem, *, reader: Actor) -> int | None:
    """The next item of the agenda that nothing was written about, if there is one that the reader may be told of."""
    later = item.meeting.items.filter(policy.known(reader, "case__"), place__gt=item.place, written_at=None)
    return later.values_list("pk", flat=True).first()


def _items(meeting: Meeting, reader: Actor) -> QuerySet[AgendaItem]:
    return (
        meeting.items.filter(policy.known(reader, "case__"))
        .select_related("case__office__parent__parent", "case__responsible", "owner__office", "written_by")
        .defer("case__text")
    )
