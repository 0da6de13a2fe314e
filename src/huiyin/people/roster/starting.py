"""Sends an import on its way once, and says so on its row when it stopped by a defect; it can then be sent again."""

from __future__ import annotations

from huiyin.kernel.errors import Conflict
from huiyin.people.models import RosterImport

_State = RosterImport.State
_STOPPED = {
    "zh": "导入中途停了下来，已经导入的都在，没有导入的一行也没丢。请再导一次；还不行，请告诉系统管理员。",
    "en": "The import stopped half way. What was imported is kept, and no row is lost. Start it again; if it stops again, "
    "tell the system administrator.",
}


def start(roster_import: RosterImport) -> None:
    """Marks an import as running, before it is queued. Conflict if somebody did so already."""
    waiting = RosterImport.objects.filter(pk=roster_import.pk, state__in=(_State.UPLOADED, _State.FAILED))
    if not waiting.update(state=_State.RUNNING, message={}):
        raise Conflict("这份名册已经在导入了。", "This roster is being imported already.")


def stopped(import_id: int) -> None:
    """Says on the row that the import stopped by a defect."""
    RosterImport.objects.filter(pk=import_id, state=_State.RUNNING).update(state=_State.FAILED, message=_STOPPED)
