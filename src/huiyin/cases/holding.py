"""What holds people and offices in place: open cases. A person leaves, and an office closes, when they are in other hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.cases.models import Case
from huiyin.kernel.errors import Invalid, Refused
from huiyin.orgs.models import Office
from huiyin.people.models import Staff
from huiyin.people.policy import Actor

CARRIES_ON = ("clerk", "handler", "head", "leader")  # who can take a next step with a case or hand it on


def who_keeps_staff(staff: Staff) -> Refused | None:
    """Why somebody can't leave yet: the number of open cases that they answer for."""
    held = Case.objects.filter(responsible=staff, is_open=True).count()
    if not held:
        return None
    return Refused(
        f"{staff.name}手里还有{held}件没办结，先交给别人再停用或调走。",
        f"{staff.name} still answers for {held} open matters; hand them to others first.",
        code="holds-cases",
    )


def who_keeps_open(office: Office) -> Refused | None:
    """Why an office can't be closed yet: the number of open cases in it."""
    held = Case.objects.filter(office=office, is_open=True).count()
    if not held:
        return None
    return Refused(
        f"“{office.name}”还有{held}件没办结，先交给别的科室再停用。",
        f"“{office.name}” still has {held} open matters; hand them to another office first.",
        code="holds-cases",
    )


def keep_on_duty(staff_id: int) -> None:
    """Locks an account until the transaction ends, so that nobody leaves while a case comes to them. Refused if they left."""
    if not Staff.objects.select_for_update().filter(pk=staff_id, is_active=True).exists():
        raise Refused("这个账号已停用。", "This account is not in use.", field="staff", code="inactive")


def check_asked(facts: Mapping[str, Any]) -> None:
    """Raises Invalid unless the person asked for help with a case is on duty and works at the desk; any office may be asked."""
    keep_on_duty(facts["staff"])
    if not Staff.objects.filter(pk=facts["staff"], role_rows__role__in=CARRIES_ON).exists():
        error = Refused(
            "不能请这个人协办，请选办事的人。",
            "This person can't be asked; choose someone who handles matters.",
            field="staff",
        )
        raise Invalid({"staff": error})


def check_receiver(facts: Mapping[str, Any], *, by: Actor) -> None:
    """Raises Invalid unless the person named can carry the case on: on duty, below the giver's unit, no administrator."""
    keep_on_duty(facts["staff"])
    within = Staff.objects.filter(pk=facts["staff"], office__path__startswith=by.unit_path)
    if not within.filter(role_rows__role__in=CARRIES_ON).exists():
        error = Refused(
            "这件事不能交给这个人，请在本单位办事的人里选一位。",
            "The matter can't be given to this person; choose someone of your unit who handles matters.",
            field="staff",
        )
        raise Invalid({"staff": error})
