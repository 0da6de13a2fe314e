"""Filters of the case list that somebody keeps under a name. They belong to one person and narrow nothing by themselves."""

from __future__ import annotations

from huiyin.cases.models import SavedView
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import one_line, storable
from huiyin.people.policy import Actor

MOST = 20
NAME, QUERY = 30, 500


def keep(*, by: Actor, name: str, query: str) -> SavedView:
    """Keeps a query string under a name; the same name again replaces it. Raises Refused naming the field to be mended."""
    name, owner = one_line(name), _owner(by)
    if not 1 <= len(name) <= NAME:
        raise Refused(f"给视图起个名字，最多{NAME}个字。", f"Name the view in at most {NAME} characters.", field="name")
    if len(query) > QUERY:
        raise Refused("条件太多，存不下，请去掉几个。", "Too many filters to keep; take some away.", field="name")
    mine = SavedView.objects.filter(staff_id=owner)
    if mine.exclude(name=name).count() >= MOST:
        raise Refused(f"最多存{MOST}个视图，请先删掉一个。", f"At most {MOST} views; delete one first.", field="name")
    view, _ = SavedView.objects.update_or_create(staff_id=owner, name=name, defaults={"query": storable(query)})
    return view


def drop(*, by: Actor, view_id: int) -> None:
    """Deletes one of the actor's own views; another's stays, without a word."""
    SavedView.objects.filter(pk=view_id, staff_id=_owner(by)).delete()


def _owner(by: Actor) -> int:
    assert by.staff_id is not None, "only staff keep views"
    return by.staff_id
