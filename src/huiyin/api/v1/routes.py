"""REST API v1: register, list, read and act, with the same policy and through the same door as the pages.

Each person has tokens of their own (`huiyin token create`); a call can do what its person can do, no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from ninja import File, Header, NinjaAPI, Query, Router, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.security import HttpBearer

from huiyin.api import problems
from huiyin.api.v1 import presenting
from huiyin.api.v1.schemas import Act, AttachmentOut, CaseList, CaseOut, Done, NewCase, Problem, Registered
from huiyin.cases import files, queries, services
from huiyin.documents import services as documents
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.kernel.ids import digest
from huiyin.people import policy
from huiyin.people import services as people
from huiyin.procedure.states import STATES

PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 500), Problem)
KEY = Header(
    "", alias="Idempotency-Key", max_length=60,
    description="of your choice; the same request again under it gives the same answer and does nothing, another one gets 409",
)  # fmt: skip


class Token(HttpBearer):
    """`Authorization: Bearer …`, one token a person."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return people.actor_for_token(token)


router = Router(auth=Token(), tags=["cases"])


def _allow(request: Any, verb: str) -> policy.Actor:
    """The caller, if their role includes `verb`; Forbidden else."""
    actor: policy.Actor = request.auth
    if not (decision := policy.may(actor, verb)):
        raise Forbidden(decision.why.zh, decision.why.en)
    return actor


@router.post("/cases", response={201: Registered, 200: Registered, **PROBLEMS}, summary="Register a matter")
def register(request: HttpRequest, new: NewCase, idempotency_key: str = KEY) -> Any:
    """Registers a matter; the same Idempotency-Key again gives the same matter and registers nothing."""
    by, now = _allow(request, "cases.register"), clock.now()
    once = _once(request, by, idempotency_key, ascii(new.model_dump()))
    case = services.register(by=by, now=now, facts=_facts(new, now), **once)
    return Status(201, {"no": case.no, "receipt_code": case.receipt_code, "state": case.state})


@router.get("/cases", response={200: CaseList, **PROBLEMS}, summary="List matters that you may see")
def listed(
    request: HttpRequest, q: str = Query("", max_length=200), page: int = Query(1, ge=1, le=100000),
    state: str = Query("", description=" | ".join(STATES)),
) -> Any:  # fmt: skip
    """Open and settled matters, newest first; `q` searches number, title, name and text."""
    by = _allow(request, "cases.see")
    if state and state not in STATES:
        raise Invalid({"state": Refused("没有这种状态。", "There is no such state.", field="state")})
    found = queries.listed(by, queries.Filters(q=q, state=state, scope="all"), page=page)
    items = [presenting.row(case) for case in found.rows]
    return {
        "items": items,
        "page": found.number,
        "more": found.more,
        "count": found.count,
        "counted_all": found.counted_all,
    }


@router.get(
    "/cases/{no}", response={200: CaseOut, **PROBLEMS}, summary="One matter with clocks, events and lawful steps"
)
def shown(request: HttpRequest, no: str) -> Any:
    """`actions` lists the steps that the procedure holds for this state and your role, with the fields they need."""
    by = _allow(request, "cases.see")
    return presenting.whole(queries.seen_by(by, no), by=by, now=clock.now())


@router.post("/cases/{no}/actions/{action}", response={200: Done, **PROBLEMS}, summary="Take a step")
def act(request: HttpRequest, no: str, action: str, body: Act, idempotency_key: str = KEY) -> Any:
    """Takes one step. 409 if the matter moved since `version` or the state does not allow it; 422 names fields to mend."""
    by = _allow(request, "cases.see")
    case = queries.seen_by(by, no)
    files.check_named(by, body.facts)
    once = _once(request, by, idempotency_key, ascii(body.model_dump()))
    made = services.perform(case, action, by=by, now=clock.now(), facts=body.facts, version=body.version, **once)
    return {"no": no, "state": made.to_state, "version": made.seq, "event": presenting.event(case, made)}


@router.post("/cases/{no}/attachments", response={201: AttachmentOut, **PROBLEMS}, summary="Add a paper")
def attach(request: HttpRequest, no: str, file: File[UploadedFile], idempotency_key: str = KEY) -> Any:
    """Checks the file by its content, keeps it untouched and adds it to the matter (step `add_material`)."""
    by, now = _allow(request, "cases.see"), clock.now()
    case = queries.seen_by(by, no)
    once = _once(request, by, idempotency_key, " ".join(documents.seen(file)))
    made = services.kept_under(once.get("key"), "add_material", once.get("asked", ""), case=case)
    if made is None:
        services.check_door(case, services.edition_of(case).actions["add_material"], "add_material", by=by)
        kept = documents.keep_upload(file, by=by.name, now=now)
        made = services.perform(case, "add_material", by=by, now=now, facts={"files": [kept.pk]}, **once)
    return Status(201, presenting.attachment(files.of_case(case, made.facts["files"][0]["id"])))


@router.get("/cases/{no}/attachments/{file_id}", summary="Fetch a paper", response={200: bytes, **PROBLEMS})
def fetch(request: HttpRequest, no: str, file_id: int) -> Any:
    """The file as it was handed in."""
    by = _allow(request, "cases.see")
    kept = files.of_case(queries.seen_by(by, no), file_id)
    return FileResponse(documents.open_file(kept), as_attachment=True, filename=kept.name, content_type=kept.mime)


def _once(request: HttpRequest, by: policy.Actor, given: str, asked: str) -> dict[str, Any]:
    """Under which key an act is kept and what was asked under it, as digests; empty if the caller gave no key."""
    if not given:
        return {}
    return {"key": f"api:{by.staff_id}:{digest(given)[:40]}", "asked": digest(f"{request.path} {asked}")[:40]}


def _facts(new: NewCase, now: datetime) -> dict[str, Any]:
    received = new.received_at or now
    try:
        on = clock.on(received) if isinstance(received, datetime) and received.tzinfo else received
    except OverflowError:  # the first or the last day of the calendar, moved into our zone
        on = received
    person = {"name": new.name, "phone": new.phone, "id_number": new.id_number, "address": new.address}
    claims = [{"text": text} for text in new.claims]
    names = ("channel", "title", "text", "topic", "purpose", "accused")
    facts = {name: getattr(new, name) for name in names}
    return facts | {"received_on": on.isoformat()[:10], "petitioners": [person], "claims": claims}


api = NinjaAPI(title="回音 Huiyin", version="1", urls_namespace="api-v1", description=__doc__ or "")
api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Any) -> Any:
    """Which status a refusal has: 403 not yours, 404 not there, 409 someone was first, 422 mend the fields."""
    if isinstance(error, Forbidden):
        return problems.answer(request, error, 403)
    if isinstance(error, Conflict):
        return problems.answer(request, error, 409)
    return problems.answer(request, error, 404 if error.code in {"not_found", "unknown_action"} else 422)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: Any) -> Any:
    """No token, or one that is unknown or revoked."""
    return problems.general(request, 401)


@api.exception_handler(ValidationError)
def not_readable(request: HttpRequest, error: Any) -> Any:
    """What was sent has not the shape that the description gives; each place is named."""
    errors = {
        ".".join(str(step) for step in each["loc"][1:]) or "body": _unread(str(each["msg"])) for each in error.errors
    }
    return problems.answer(request, Invalid(errors), 422)


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: Any) -> Any:
    """The framework's own refusals: a body that is no JSON."""
    return problems.general(request, error.status_code)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Any) -> Any:
    """An address that the description does not name."""
    return problems.general(request, 404)


def _unread(message: str) -> Refused:
    return Refused(f"这一项的格式不对（{message}）。", f"This has the wrong form ({message}).", code="form")
