"""Filing in the portal: what a draft holds becomes the facts of `register`, once, and not without end from one address.

The title is the first sentence that says something; whoever files may change it. Nothing typed is lost by a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from huiyin.cases import drafts, petitioners, services
from huiyin.cases.facts import digest_of, tidy
from huiyin.cases.models import Case, CaseFile, Channel, Draft, DraftFile, Petitioner
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock as time
from huiyin.kernel import limits
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people.policy import PETITIONER

LONGEST_TITLE = 30
LONGEST_TEXT = 50000
HAND_INS = (20, timedelta(hours=1))
DRAFTS = (60, timedelta(hours=1))
UPLOADS = (120, timedelta(hours=1))
ADDITIONS = (20, timedelta(hours=1))
DRAFT_KEPT = timedelta(days=30)  # what the portal promises
LEFT_BEFORE = ("phone", "address")
PERSON = ("name", "acts_for", "phone", "address", "reply_by", "large_print")
SENTENCE = re.compile(r"[。！？；!?;\n\r]+|\.(?=\s|$)")  # data: ends of sentences in what people write
GREETING = re.compile(  # data: how letters begin before they come to the point
    r"(?:尊敬的|敬爱的|各位|领导|您好|你好|你们好|我是|我叫|本人是|本人系|dear|hello|my name)", re.IGNORECASE
)


def title_of(text: str) -> str:
    """A title of at most LONGEST_TITLE characters: the first sentence that is more than a greeting, cut where it is long."""
    sentences = [sentence.strip() for sentence in SENTENCE.split(text) if sentence.strip()]
    said = next((one for one in sentences if not _is_salutation(one)), sentences[0] if sentences else "")
    words = " ".join(said.split())
    if len(words) <= LONGEST_TITLE:
        return words
    clauses = re.split(r"[，,：:]", words[: LONGEST_TITLE + 1])  # data: where a clause ends
    return (
        words[: LONGEST_TITLE - 1] + "…"
        if len(clauses) == 1
        else words[: sum(map(len, clauses[:-1])) + len(clauses) - 2]
    )


def _is_salutation(sentence: str) -> bool:
    """Whether it only greets: 尊敬的领导, or 王主任： with its colon at the end."""
    return bool(GREETING.match(sentence)) or sentence.endswith(("：", ":"))  # data: how a line that greets ends


def begin(*, address: str, now: datetime, data: Mapping[str, Any], secret: str = "") -> tuple[Draft, str]:
    """A new draft of somebody in the portal, and the secret that opens it. Raises Refused beyond the limit of an address."""
    _within("draft", address, DRAFTS, now)
    return drafts.begin(by=PETITIONER, now=now, data=data, secret=secret)


def add_paper(draft: Draft, upload: Any, *, address: str, now: datetime) -> StoredFile:
    """Keeps one uploaded file with a draft. Raises Refused with a sentence that names what is wrong with it."""
    file = keep_paper(upload, address=address, now=now)
    drafts.add_file(draft, file, now=now)
    return file


def keep_paper(upload: Any, *, address: str, now: datetime) -> StoredFile:
    """Inspects and keeps one file of a petitioner. Raises Refused."""
    _within("upload", address, UPLOADS, now)
    size = int(upload.size)
    _check_waiting(size)
    _within("bytes", address, (settings.PORTAL_ADDRESS_MB, timedelta(days=1)), now, weight=-(-size // 2**20))
    return documents.keep_upload(upload, by="portal", now=now)


def check_person(data: Mapping[str, Any]) -> None:
    """Raises Invalid or Refused if what was typed about the person can't be kept as it stands."""
    petitioners.read([person_of(data)])


def person_of(data: Mapping[str, Any], before: Petitioner | None = None) -> dict[str, Any]:
    """The petitioner's row of a draft; whom one acts for counts only if one files for somebody else. Of whoever wrote `before`, under
    the same name, what they left then stands where they leave it empty now."""
    row = {name: data.get(name, "") for name in PERSON}
    row |= {"acts_for": row["acts_for"] if data.get("who") == "other" else ""}
    if before is None or not before.name or tidy(row["name"], one_line=True) != before.name:
        return row
    return row | {name: row.get(name) or getattr(before, name) for name in LEFT_BEFORE}


def before(draft: Draft) -> Petitioner | None:
    """Who wrote in the matter to which a draft brings new facts; None for any other draft."""
    earlier = drafts.followed(draft)
    return petitioners.alone(earlier) if earlier else None


def hand_in(draft: Draft, *, title: str, address: str, now: datetime) -> Case:
    """Registers a draft of the portal; handed in again it gives the same case. Raises Invalid, Refused."""
    if draft.case is not None:
        return draft.case
    _within("hand-in", address, HAND_INS, now)
    facts: dict[str, Any] = {
        "channel": Channel.WEB.value,
        "received_on": time.on(now),
        "title": title or title_of(draft.data["text"]),
        "text": draft.data["text"],
        "petitioners": [person_of(draft.data, before(draft))],
    }
    if earlier := drafts.followed(draft):  # who it is about must not get this either
        facts |= _about(earlier)
    return drafts.hand_in(draft, facts=facts, now=now)


def _about(earlier: Case) -> dict[str, Any]:
    """What holds of a matter that follows an earlier one: whom it is about – of an office that is gone the one above it –, and that
    it is sealed, if that was sealed meanwhile."""
    accused = earlier.accused
    while accused is not None and not accused.is_active:
        accused = accused.parent
    about = {"purpose": "accusation" if earlier.sealed else earlier.purpose, "accused": accused.pk if accused else None}
    return about | (_received_above(accused) if accused else {})


def _received_above(accused: Office) -> dict[str, Any]:
    """Who receives it instead, where whoever receives what comes in works in the office that it is about, or below it."""
    if accused.parent is None or not people.intake().office.path.startswith(accused.path):
        return {}
    above = people.intake_of(accused.parent)
    return {"office": above.office_id, "staff": above.pk}


def add(case: Case, facts: Mapping[str, Any], *, key: str, address: str, now: datetime) -> None:
    """Adds a petitioner's words and papers to their matter, once under each key. Raises Invalid, Refused."""
    _within("add", f"{case.pk}|{address}", ADDITIONS, now)
    services.perform(case, "add_material", by=PETITIONER, now=now, facts=facts, key=key, asked=digest_of(facts))


def forget_abandoned(*, now: datetime) -> int:
    """Deletes what was begun in the portal, never handed in and left alone for as long as its cookie lasts, and papers from there
    that nothing names any more; how many drafts."""
    before = now - DRAFT_KEPT
    with transaction.atomic():
        left = Draft.objects.select_for_update().filter(owner=None, case=None, updated_at__lt=before)
        gone = len([draft.delete() for draft in left])
    loose = StoredFile.objects.filter(created_by="portal", created_at__lt=before)
    loose = loose.exclude(pk__in=CaseFile.objects.values("file")).exclude(pk__in=DraftFile.objects.values("file"))
    documents.forget(loose.iterator(), before=before, named=people.roster_files())
    return gone


def _check_waiting(size: int) -> None:
    """Whether there is room for `size` more bytes of papers that nobody handed in yet."""
    waiting = DraftFile.objects.filter(draft__owner=None, draft__case=None).aggregate(size=Sum("file__size"))["size"]
    if (waiting or 0) + size > settings.PORTAL_DRAFTS_LIMIT:
        raise Refused(
            "网上现在放不下更多材料了。信可以先交上来，材料寄来、送来都行；也可以打电话给我们。",
            "No more papers can be put here now. Send the letter without them and bring or post them, or call us.",
            field="files",
            code="full",
        )


def _within(scope: str, address: str, most: tuple[int, timedelta], now: datetime, *, weight: int = 1) -> None:
    if not limits.within(f"portal-{scope}", address, now=now, most=most[0], window=most[1], weight=weight):
        later = most[1] >= timedelta(days=1)
        raise Refused(
            f"从您这里送来的太多太快了，请{'明天' if later else '过一个小时'}再试，或者打电话给我们。您写的都替您存着。",
            f"Too much came from your address in a short time; try again {'tomorrow' if later else 'in an hour'}, or call us. "
            "What you wrote is kept.",
            code="too_many",
        )
