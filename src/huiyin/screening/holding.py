"""What holds people and offices in place: a campaign that somebody runs, findings that they own, sheets that an office owes."""

from __future__ import annotations

from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Office
from huiyin.people.models import Staff
from huiyin.screening.models import Campaign, Finding, Sheet

RUNNING = Campaign.State.RUNNING


def who_keeps_staff(staff: Staff) -> Refused | None:
    """Why somebody can't leave yet: open findings of theirs, or a running campaign."""
    held = Finding.objects.filter(owner=staff, outcome="").count()
    if held:
        return Refused(
            f"{staff.name}名下还有{held}条排查发现没有着落，先换人负责再停用或调走。",
            f"{staff.name} still owns {held} open findings of a screening; give them to others first.",
            code="holds-findings",
        )
    if Campaign.objects.filter(runner=staff, state=RUNNING).exists():
        return Refused(
            f"{staff.name}还主持着一次没有结束的排查，先结束它再停用或调走。",
            f"{staff.name} still runs a screening; close it first.",
            code="runs-screening",
        )
    return None


def who_keeps_open(office: Office) -> Refused | None:
    """Why an office can't be closed yet: it owes a sheet of a running campaign."""
    if not Sheet.objects.filter(office=office, campaign__state=RUNNING).exclude(state=Sheet.State.SIGNED).exists():
        return None
    return Refused(
        f"“{office.name}”还有一张排查表没有交，先交上再停用。",
        f"“{office.name}” still owes a sheet of a screening; hand it in first.",
        code="owes-sheet",
    )
