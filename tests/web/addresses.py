"""Every address of the product with an example for each, and who may open it: what tests of all pages walk through.

An address that is added without a row in PLACES, or without a policy, fails tests/web/test_every_route.py.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huiyin.cases import drafts, filing, links, saved_views
from huiyin.cases.models import Case, CaseFile, Draft, SavedView
from huiyin.coordination import review
from huiyin.coordination import services as meetings
from huiyin.coordination.models import Meeting
from huiyin.documents import services as documents
from huiyin.jobs import calendars, scans
from huiyin.kernel import clock
from huiyin.ledger import sequencing
from huiyin.people import absences
from huiyin.people import services as people
from huiyin.people.persons import save_person
from huiyin.people.roster import importing
from huiyin.web.portal.keeping import DRAFT_COOKIE
from tests.documents import files
from tests.screening import examples as screening
from tests.web.reception import a_reception
from tests.world import STAFF, World

NINJA = "api-v1"  # its operations are walked by themselves
IN_PORTAL = ("writer", "visitor", "petitioner")  # holds a draft's cookie; typed a code; came by the QR code
RELATIONS = {  # how people stand to a matter in the section
    "own section": ("handler", "head"), "counter": ("clerk", "counter_head"), "above": ("leader", "supervisor"),
    "other section": ("other_handler", "other_head"), "sister unit": ("sister_clerk", "sister_leader"),
    "administrators": ("system_admin", "security_admin", "auditor"), "outside": ("anonymous", *IN_PORTAL),
}  # fmt: skip
SEE_CASE = frozenset({"clerk", "handler", "head", "leader", "supervisor"})  # a matter in the section
SEE_ALARM = frozenset({"handler", "head", "leader", "supervisor"})  # of a matter in the section
SISTERS = frozenset({"sister_clerk", "sister_leader"})
Statuses = int | Mapping[str, int]


@dataclass(frozen=True)
class Route:
    """A named address of the resolver, its view and the policy that the view declares."""

    name: str
    view: Callable[..., Any]

    @property
    def policy(self) -> str:
        return str(getattr(self.view, "policy", ""))


def routes() -> list[Route]:
    """All addresses but those of the API."""
    return [Route(each.name or str(each.pattern), each.callback) for each in _walk(get_resolver())]


def _walk(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each
        elif each.namespace != NINJA:
            yield from _walk(each)


@dataclass
class Examples:
    """One of everything that an address can be about, in the small office."""

    world: World
    case: Case = field(init=False)
    letter: Any = field(init=False)
    file: Any = field(init=False)
    draft: Draft = field(init=False)
    secret: str = field(init=False)
    ids: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        now, clerk = clock.now(), self.world.actor("clerk")
        self.file = keep("名册.png", files.encoded("PNG"))
        self.case = self.world.case("delivered", now=now, files=[self.file.pk])
        self.letter = self.case.letters.filter(kind="opinion").get()
        self.draft, _ = drafts.begin(
            by=clerk, now=now, data={"title": "写到一半", "text": "写到一半的信", "person_q": "孟"}
        )
        scan = keep("来信.png", files.encoded("PNG"), for_scan=True)
        scans.queue(scan)
        drafts.add_file(self.draft, scan, purpose=CaseFile.Purpose.ORIGINAL, now=now)
        written, self.secret = filing.begin(address="127.0.0.1", now=now, data={"text": "写到一半的事", "reply_by": ""})
        paper = keep("账单.png", files.encoded("PNG", size=(90, 60)))
        drafts.add_file(written, paper, now=now)
        entered = {"by": clerk, "now": now}
        roster = importing.begin(
            stream=io.BytesIO("姓名,手机\n孟庆兰,13800000000\n".encode()),
            name="名册.csv",
            office=self.world.unit,
            **entered,
        )
        person = save_person(
            person=None, data={"name": "孟庆兰", "phone": "13800000000"}, office=self.world.unit, **entered
        )
        token, _ = people.issue_token(staff=self.world.staff["handler"], label="test", now=now)
        handling = self.world.case("handling", now=now - timedelta(days=1))
        self.world.perform(handling, "urge", "supervisor", now=now, words="请抓紧。")
        links.join(
            self.case, handling.no, by=self.world.actor("handler"), now=now, kind="related", reason="同一项补贴。"
        )
        alarm = handling.alarms.get()
        absence = absences.enter(
            by=self.world.actor("handler"), staff_id=self.world.staff["handler"].pk, from_on=clock.today(), to_on=clock.today(),
            deputy_id=None, today=clock.today(),
        )  # fmt: skip
        saved_views.keep(by=clerk, name="来信", query="channel=letter")
        meeting = plan_meeting(self.world, self.case, now)
        self.ids = {
            "meeting": meeting.pk, "item": meeting.items.get(case=self.case).pk,
            "scan": scan.pk, "page": scan.scan_pages.first().pk, "paper": paper.pk, "import": roster.pk, "person": person.pk,
            "staff": self.world.staff["handler"].pk, "token": token.pk, "view": SavedView.objects.get().pk,
            "linked": handling.no, "alarm": alarm.pk, "absence": absence.pk,
            "office": self.world.other.pk, "task": uuid.UUID(calendars.queue()),
        }  # fmt: skip
        self.ids |= screening.make(self.world, now=now)
        self.ids |= a_reception(self.world, now=now)
        sequencing.sequence_all()

    def client(self, name: str) -> Client:
        """A browser: of somebody on the staff, of nobody, of a writer, of a visitor with a code, of a petitioner."""
        client = Client()
        if name in self.world.staff:
            client.force_login(self.world.staff[name])
        if name == "writer":
            client.cookies[DRAFT_COOKIE] = self.secret
        if name == "visitor":
            client.post("/track/", {"code": self.case.receipt_code})
        if name == "petitioner":
            client.get(f"/t/{self.case.receipt_secret}/")
        return client

    def address(self, name: str) -> str:
        """The example's address of a route."""
        return reverse(name, kwargs=PLACES[name].arguments(self))


def plan_meeting(world: World, case: Case, now: Any) -> Meeting:
    """The month's review, chaired by the leader, with one matter on its agenda; the section's head takes part."""
    meeting = review.prepare(office=world.unit, month=clock.on(now), by=world.actor("supervisor"), now=now)
    people = (world.staff["head"].pk,)
    plan = meetings.Plan("", clock.on(now), world.staff["leader"].pk, participants=people)
    meetings.change(meeting, by=world.actor("leader"), plan=plan, version=1)
    return meeting


def keep(name: str, content: bytes, **options: Any) -> Any:
    return documents.keep_upload(SimpleUploadedFile(name, content), by="clerk", now=clock.now(), **options)


def nothing(_: Examples) -> dict[str, Any]:
    return {}


def matter(e: Examples) -> dict[str, Any]:
    return {"no": e.case.no}


def draft(e: Examples) -> dict[str, Any]:
    return {"draft_id": e.draft.pk}


def of(argument: str, example: str) -> Callable[[Examples], dict[str, Any]]:
    return lambda e: {argument: e.ids[example]}


@dataclass(frozen=True)
class Place:
    """What the example of an address answers to those who may open it: to GET and to an empty POST (a number, or one for
    each person, "" for the others). `among` narrows the staff further than the verb does; others of the staff get `else_`."""

    arguments: Callable[[Examples], dict[str, Any]] = nothing
    get: Statuses = 200
    post: Statuses = 200
    among: frozenset[str] | None = None
    else_: int = 403
    page: bool = True  # an HTML page (else a file or a fragment)


def only(name: str, status: int, others: int = 302, **more: int) -> dict[str, int]:
    return {name: status, "": others, **more}


OPENED = {"petitioner": 200, "visitor": 302, "": 302}
REACHED = {"petitioner": 200, "visitor": 200, "": 302}
CLERK = frozenset({"clerk"})
SENT: dict[str, Any] = {"get": 405, "post": 302}
OF_CASE: dict[str, Any] = {"arguments": matter, "among": SEE_CASE}
OWN_UNIT = frozenset(STAFF) - SISTERS
RUNS: dict[str, Any] = {"among": frozenset({"leader", "supervisor"})}
SEE_SHEET = SEE_CASE - CLERK
OWN_RECEPTION: dict[str, Any] = {"among": OWN_UNIT, "else_": 404}
MEETS = frozenset({"leader", "head", "supervisor"})  # may read the meeting: its chair, who takes part, who planned it
ARRANGES = frozenset({"leader", "supervisor"})
OF_MEETING: dict[str, Any] = {"arguments": lambda e: {"meeting_id": e.ids["meeting"]}, "among": MEETS}
OF_ITEM: dict[str, Any] = {
    "arguments": lambda e: {"meeting_id": e.ids["meeting"], "item_id": e.ids["item"]},
    "among": MEETS,
}

PLACES: dict[str, Place] = {
    # the portal
    "portal-home": Place(), "portal-help": Place(), "portal-regulations": Place(), "portal-privacy": Place(), "portal-accessibility": Place(),
    "portal-reception-days": Place(),
    "portal-ledger": Place(), "portal-ledger-checkpoint": Place(page=False), "portal-ledger-key": Place(page=False),
    "portal-ledger-tile": Place(lambda e: {"level": "0", "place": "000.p/1"}, page=False),
    "portal-file": Place(get=only("writer", 200), post=302),
    "portal-file-what": Place(),
    "portal-file-papers": Place(get=only("writer", 200), post=302),
    "portal-file-paper": Place(of("file_id", "paper"), get=only("writer", 200, 404), post=only("writer", 200, 404), page=False),
    "portal-file-you": Place(get=only("writer", 200), post=only("writer", 200)),
    "portal-file-check": Place(get=only("writer", 200), post=only("writer", 200)),
    "portal-file-saved": Place(get=only("writer", 200), post=only("writer", 200)),
    "portal-file-keep": Place(lambda e: {"step": "what"}, get=405, post=204),
    "portal-new-facts": Place(matter, get=OPENED, post=302),
    "portal-file-done": Place(get=302, post=302),
    "portal-track": Place(),
    "portal-secret": Place(lambda e: {"secret": e.case.receipt_secret}),
    "portal-matter": Place(matter, get=REACHED, post=REACHED),
    "portal-open": Place(matter, get=only("visitor", 200), post=only("visitor", 200)),
    "portal-close": Place(matter, get=REACHED, post=302),
    "portal-receipt": Place(matter, get=OPENED, post=OPENED, page=False),
    "portal-receipt-proof": Place(matter, get=OPENED, post=OPENED, page=False),
    "portal-letter": Place(lambda e: {"no": e.case.no, "letter_id": e.letter.pk}, get=OPENED, post=OPENED),
    "portal-letter-file": Place(lambda e: {"no": e.case.no, "letter_id": e.letter.pk, "form": "pdf"}, get=OPENED, post=OPENED, page=False),
    "portal-paper": Place(lambda e: {"no": e.case.no, "file_id": e.file.pk}, get=OPENED, post=OPENED, page=False),
    "portal-add": Place(matter, get=OPENED, post=OPENED),
    "portal-rate": Place(matter, get=OPENED, post=OPENED),
    "portal-review": Place(matter, get=REACHED, post=OPENED),
    "portal-take-back": Place(matter, get=OPENED, post=OPENED),
    # preferences, gallery
    "prefer": Place(lambda e: {"what": "language", "choice": "en"}, get=302, post=302),
    "shortcuts": Place(), "gallery-portal": Place(), "gallery-desk": Place(), "gallery-options": Place(page=False),
    # the desk
    "desk-today": Place(get=dict.fromkeys(RELATIONS["administrators"], 302) | {"": 200}, post=dict.fromkeys(RELATIONS["administrators"], 302) | {"": 200}),
    "desk-board": Place(),
    "desk-board-urge": Place(**SENT),
    "desk-alarm": Place(of("alarm_id", "alarm"), post=302, among=SEE_ALARM),
    "desk-call-backs": Place(),
    "desk-manual": Place(),
    "desk-manual-step": Place(lambda e: {"name": "accept"}),
    "desk-manual-printed": Place(lambda e: {"form": "docx"}, page=False),
    "desk-absence": Place(),
    "desk-absence-end": Place(of("absence_id", "absence"), get=405, post=dict.fromkeys(SEE_ALARM, 302) | {"": 404}),
    "desk-password": Place(), "desk-tokens": Place(), "desk-cases": Place(),
    "desk-token-revoke": Place(of("token_id", "token"), get=405, post=only("handler", 302, 404)),
    "desk-sign-in": Place(get=dict.fromkeys(STAFF, 302) | {"": 200}, post=dict.fromkeys(STAFF, 302) | {"": 200}),
    "desk-sign-out": Place(get=405, post=302),
    "desk-views": Place(**SENT),
    "desk-view-drop": Place(of("view_id", "view"), **SENT),
    "desk-case": Place(**OF_CASE),
    "desk-why": Place(lambda e: {"no": e.case.no, "term": "handle"}, among=SEE_CASE),
    "desk-do": Place(lambda e: {"no": e.case.no, "action": "note"}, post=409, among=SEE_CASE),
    "desk-do-draft": Place(lambda e: {"no": e.case.no, "action": "note"}, get=405, post=204, among=SEE_CASE, else_=403),
    "desk-letter": Place(lambda e: {"no": e.case.no, "letter_id": e.letter.pk, "form": "pdf"}, among=SEE_CASE, page=False),
    "desk-link": Place(**OF_CASE),
    "desk-link-undo": Place(lambda e: {"no": e.case.no, "other": e.ids["linked"]}, among=SEE_CASE),
    "desk-new-facts": Place(**OF_CASE, **SENT),
    "desk-receipt": Place(**OF_CASE, page=False),
    "desk-export": Place(**OF_CASE, page=False),
    "desk-meetings": Place(), "desk-meeting-new": Place(), "desk-review": Place(**SENT),
    "desk-meeting": Place(**OF_MEETING),
    "desk-meeting-edit": Place(**OF_MEETING | {"among": ARRANGES}),
    "desk-meeting-agenda": Place(**OF_MEETING | {"among": ARRANGES}, post=302),
    "desk-meeting-item": Place(**OF_ITEM, post=only("leader", 409, 409, supervisor=409)),
    "desk-meeting-move": Place(**OF_ITEM | {"among": ARRANGES, "arguments": lambda e: {**OF_ITEM["arguments"](e), "way": "up"}}, **SENT),
    "desk-meeting-off": Place(**OF_ITEM | {"among": ARRANGES}, **SENT),
    "desk-meeting-confirm": Place(**OF_MEETING | {"among": frozenset({"leader"})}, **SENT),
    "desk-meeting-carry": Place(**OF_MEETING | {"among": frozenset({"leader"})}, **SENT),
    "desk-meeting-add": Place(**OF_MEETING, get=405, post=200),
    "desk-meeting-minutes": Place(**OF_MEETING | {"arguments": lambda e: {"meeting_id": e.ids["meeting"], "form": "docx"}}, page=False),
    "desk-meeting-book": Place(**OF_MEETING | {"arguments": lambda e: {"meeting_id": e.ids["meeting"], "form": "xlsx"}}, page=False),
    "desk-file": Place(lambda e: {"file_id": e.file.pk}, among=SEE_CASE, page=False),
    "desk-register": Place(get=302, post=302),
    "desk-register-people": Place(get=405, post=200, page=False),
    "desk-register-follow": Place(lambda e: {"part": "dates"}, get=405, post=200, page=False),
    "desk-registered": Place(**OF_CASE),
    "desk-register-draft": Place(draft, post=only("clerk", 200, 404)),
    "desk-register-save": Place(draft, get=405, post=204, among=CLERK, else_=404),
    "desk-register-discard": Place(draft, **SENT),
    "desk-register-reading": Place(draft, page=False),
    "desk-register-picture": Place(lambda e: {**draft(e), "page_id": e.ids["page"]}, among=CLERK, else_=404, page=False),
    "desk-register-remove": Place(lambda e: {**draft(e), "file_id": e.ids["scan"]}, **SENT),
    "desk-roster": Place(post=302),
    "desk-roster-new": Place(),
    "desk-roster-person": Place(of("person_id", "person"), among=OWN_UNIT),
    "desk-roster-edit": Place(of("person_id", "person"), among=OWN_UNIT),
    "desk-roster-imports": Place(),
    "desk-roster-import": Place(of("import_id", "import"), among=OWN_UNIT),
    "desk-roster-progress": Place(of("import_id", "import"), among=OWN_UNIT, page=False),
    "desk-roster-again": Place(of("import_id", "import"), among=OWN_UNIT, **SENT),
    "desk-roster-problems": Place(of("import_id", "import"), get=404, post=404, among=OWN_UNIT, page=False),
    # screenings: planned by the leader; the sheet and the finding are the section's
    "desk-screening": Place(), "desk-screening-new": Place(),
    "desk-screening-campaign": Place(of("campaign_id", "campaign"), **RUNS),
    "desk-screening-edit": Place(of("campaign_id", "planned"), **RUNS),
    "desk-screening-start": Place(of("campaign_id", "planned"), **SENT, **RUNS),
    "desk-screening-close": Place(of("campaign_id", "campaign"), **RUNS),
    "desk-screening-copy": Place(of("campaign_id", "campaign"), **SENT, **RUNS),
    "desk-screening-report": Place(of("campaign_id", "campaign"), **RUNS),
    "desk-screening-table": Place(of("campaign_id", "campaign"), page=False, **RUNS),
    "desk-screening-sheet": Place(of("sheet_id", "sheet"), post={"supervisor": 403, "": 409}, among=SEE_SHEET),
    "desk-screening-sheet-draft": Place(of("sheet_id", "sheet"), get=405, post={"supervisor": 403, "": 204}, among=SEE_SHEET),
    "desk-screening-return": Place(of("sheet_id", "filled"), get={"handler": 302, "": 200}, post={"handler": 302, "": 200}, among=SEE_SHEET),
    "desk-screening-finding-new": Place(of("sheet_id", "sheet"), get={"supervisor": 302, "": 200}, post={"supervisor": 302, "": 200}, among=SEE_SHEET),
    "desk-screening-finding": Place(of("finding_id", "finding"), among=SEE_SHEET),
    "desk-screening-finding-edit": Place(of("finding_id", "finding"), among=SEE_SHEET),
    "desk-screening-settle": Place(of("finding_id", "finding"), among=SEE_SHEET),
    "desk-screening-hand": Place(of("finding_id", "finding"), among=SEE_SHEET),
    "desk-screening-case": Place(of("finding_id", "finding"), get=405, post={"leader": 403, "supervisor": 403, "": 302}, among=SEE_SHEET),
    # the reception
    "desk-reception": Place(), "desk-reception-visits": Place(), "desk-reception-visit-new": Place(), "desk-reception-statements": Place(),
    "desk-reception-statement-new": Place(), "desk-reception-events": Place(), "desk-reception-event-new": Place(), "desk-reception-rota": Place(),
    "desk-reception-swap": Place(), "desk-reception-leaders": Place(),
    "desk-reception-take": Place(**SENT), "desk-reception-next": Place(get=405, post={"clerk": 409, "": 302}), "desk-reception-screen-new": Place(**SENT),
    "desk-reception-slip": Place(of("ticket_id", "ticket"), **OWN_RECEPTION, page=False),
    "desk-reception-move": Place(lambda e: {"ticket_id": e.ids["ticket"], "step": "left"}, **OWN_RECEPTION, **SENT),
    "desk-reception-screen": Place(of("token", "screen")),
    "desk-reception-visit": Place(of("visit_id", "visit"), **OWN_RECEPTION),
    "desk-reception-statement": Place(of("statement_id", "statement"), **OWN_RECEPTION),
    "desk-reception-statement-register": Place(of("statement_id", "statement"), **OWN_RECEPTION, **SENT),
    "desk-reception-statement-sheet": Place(of("statement_id", "statement"), **OWN_RECEPTION, page=False),
    "desk-reception-statement-scan": Place(of("statement_id", "statement"), **OWN_RECEPTION, get=404, post=404, page=False),
    "desk-reception-event": Place(of("event_id", "event"), **OWN_RECEPTION),
    "desk-reception-leader-off": Place(of("day_id", "leader_day"), **OWN_RECEPTION),
    "desk-reception-leader-register": Place(of("day_id", "leader_day"), **OWN_RECEPTION, **SENT),
    # the three administrators
    "admin-start": Place(), "admin-offices": Place(), "admin-office-new": Place(), "admin-staff": Place(), "admin-staff-new": Place(),
    "admin-audit": Place(), "admin-calendar": Place(), "admin-calendar-import": Place(),
    "admin-counter": Place(get=405, post=404),
    "admin-office": Place(of("office_id", "office")),
    "admin-office-close": Place(of("office_id", "office"), **SENT),
    "admin-office-reopen": Place(of("office_id", "office"), **SENT),
    "admin-staff-one": Place(of("staff_id", "staff")),
    "admin-staff-roles": Place(of("staff_id", "staff"), get=405, post=200),
    "admin-staff-password": Place(of("staff_id", "staff"), get=405, post=200),
    "admin-staff-drafts": Place(of("staff_id", "staff"), get=405, post=200),
    "admin-staff-leave": Place(of("staff_id", "staff"), **SENT),
    "admin-staff-return": Place(of("staff_id", "staff"), **SENT),
    "admin-token-revoke": Place(lambda e: {"staff_id": e.ids["staff"], "token_id": e.ids["token"]}, **SENT),
    "admin-recompute": Place(**SENT),
    "admin-recomputing": Place(of("task_id", "task")),
    "admin-calendar-year": Place(lambda e: {"year": 2026}, page=False),
}  # fmt: skip


def ask(client: Client, method: str, address: str, **sent: Any) -> Any:
    """Asks, and takes back whatever that changed, also in the browser."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address, **sent)
        transaction.set_rollback(True)
    if answer.streaming:
        b"".join(answer.streaming_content)  # closes the file; `close()` would close the test's database too
    client.cookies = cookies
    return answer
