"""“您交的材料”: what the petitioner handed in, and never a paper that the office attached in a step of its own."""

from __future__ import annotations

import io

import pytest
from django.test import Client

from huiyin.cases import recording
from huiyin.cases.models import Case, CaseEvent
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock
from huiyin.procedure.editions import CURRENT, edition
from tests.web.portal.test_tracking import by_qr, of_days_ago
from tests.world import World

THEIRS = {"register", "add_material", "request_review", "request_rereview", "withdraw", "withdraw_own", "resume"}
TAKING_FILES = sorted(
    action.name for action in edition(CURRENT).actions.values() if any(field.kind == "files" for field in action.fields)
)


@pytest.mark.parametrize("action", [name for name in TAKING_FILES if name != "register"])
def test_only_papers_of_the_petitioners_own_steps_open_in_the_portal(client: Client, world: World, action: str) -> None:
    case = of_days_ago(world, "handling")
    kept = _paper(f"{action}.txt")
    _recorded(case, action, kept)
    html = by_qr(client, case)
    assert (kept.name in html) is (action in THEIRS)
    assert _opened(client, case, kept) == (200 if action in THEIRS else 404)


def test_what_came_with_the_letter_is_shown(client: Client, world: World) -> None:
    kept = _paper("来信.txt")
    case = of_days_ago(world, "handling", files=[kept.pk])
    assert kept.name in by_qr(client, case)
    assert _opened(client, case, kept) == 200


def _opened(client: Client, case: Case, kept: StoredFile) -> int:
    answer = client.get(f"/matter/{case.no}/papers/{kept.pk}/")
    answer.close()
    return answer.status_code


def _paper(name: str) -> StoredFile:
    return documents.keep(io.BytesIO(name.encode()), name=name, by="clerk", now=clock.now())


def _recorded(case: Case, action: str, kept: StoredFile) -> None:
    """The step as the one door writes it, without what led there."""
    last = case.events.order_by("-seq").first()
    assert last is not None
    event = CaseEvent.objects.create(
        case=case, seq=last.seq + 1, action=action, from_state=case.state, to_state=case.state, at=last.at,
        by_kind="staff", by_name="handler", facts={"part": ""}, effects=last.effects,
    )  # fmt: skip
    recording.write_papers(case, event, {"files": [{"id": kept.pk}]})
