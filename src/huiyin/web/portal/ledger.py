"""The ledger for everybody: what it is, a check of a receipt's proof, and the log itself as c2sp.org/tlog-tiles lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases import receipts
from huiyin.kernel.clock import ZONE
from huiyin.ledger import keys, proofs, reading, tiles
from huiyin.ledger.flaws import WORDS
from huiyin.ledger.notes import BadNote
from huiyin.web.portal import matter
from huiyin.web.portal.forms import PlainForm
from huiyin.web.portal.keeping import personal, without_referrer
from huiyin.web.ui.access import public
from huiyin.web.ui.parts import Fact
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

FOR_EVER = "public, max-age=31536000, immutable"
SECONDS = "public, max-age=5"
PLAIN = "text/plain; charset=utf-8"


class ProofForm(PlainForm):
    """The file that came with a receipt."""

    proof = forms.FileField(required=False, label=gettext_lazy("存证证明"))

    def read(self) -> str:
        """The file's text; "" if none was chosen or it is far too long."""
        upload = self.files.get("proof")
        return "" if upload is None or (upload.size or 0) > proofs.LONGEST else upload.read().decode("utf-8", "replace")


@dataclass(frozen=True)
class Shown:
    """What a proof shows, or why it shows nothing."""

    facts: list[Fact]
    why: str = ""


@public
def page(request: HttpRequest) -> HttpResponse:
    """The ledger in plain words; a file sent here is checked and not kept."""
    form = ProofForm(request.POST or None, request.FILES or None)
    last = reading.latest()
    shown = _shown(form.read()) if request.method == "POST" else None
    context = {"form": form, "shown": shown, "note": last.note if last else "", "size": last.size if last else 0}
    return render(request, "portal/ledger.html", context | {"key": str(keys.signer().verifier)})


def _shown(written: str) -> Shown:
    try:
        proof = proofs.Proof.read(written)
        head = proof.checked(keys.signer().verifier)
        return Shown(_facts(proof, head.size))
    except BadNote as bad:
        return Shown([], said(WORDS[bad.why]))


def _facts(proof: proofs.Proof, size: int) -> list[Fact]:
    content = proof.content
    place = _("第{place}条，签名的时候一共{size}条").format(place=proof.index + 1, size=size)
    return [*_receipt(content), Fact(_("存证账里"), place)]


def _receipt(content: dict[str, Any]) -> list[Fact]:
    """What a receipt says; nothing for anything else that is committed to."""
    if content.get("kind") != "receipt":
        return []
    at = datetime.fromisoformat(content["registered_at"]).astimezone(ZONE)
    return [
        Fact(_("编号"), content["no"]),
        Fact(_("反映的事"), content["title"], own=True),
        Fact(_("收到的日子"), day_text(date.fromisoformat(content["received_on"]), "year")),
        Fact(_("登记的时间"), f"{day_text(at.date(), 'year')} {at:%H:%M}"),
        Fact(_("原文的指纹"), content["text_sha256"]),
    ]


@personal
def proof(request: HttpRequest, no: str) -> HttpResponse:
    """The proof of a receipt, to keep."""
    case = matter.load(request, no, opened=True)
    made = receipts.proof(case)
    if made is None:
        messages.warning(request, _("这份收据还在写进存证账，要几秒钟。请过一会儿再点一次。"))
        return redirect("portal-matter", no=no)
    answer = HttpResponse(str(made), content_type=PLAIN)
    answer["Content-Disposition"] = content_disposition_header(True, f"{case.no}{proofs.SUFFIX}") or ""
    return without_referrer(answer)


@public
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the log."""
    last = reading.latest()
    if last is None:
        raise Http404
    return _kept(HttpResponse(last.note, content_type=PLAIN), SECONDS)


@public
def key(request: HttpRequest) -> HttpResponse:
    """The public key, as `name+id+base64`."""
    return _kept(HttpResponse(f"{keys.signer().verifier}\n", content_type=PLAIN), SECONDS)


@public
def tile(request: HttpRequest, level: str, place: str) -> HttpResponse:
    """A tile of hashes, or with the level `entries` a bundle of entries. Partial ones of any earlier size are there too."""
    named = tiles.read(place)
    content = _content(level, named) if named else b""
    if not content:
        raise Http404
    return _kept(HttpResponse(content, content_type="application/octet-stream"), FOR_EVER)


def _content(level: str, named: tiles.Named) -> bytes:
    if level == "entries":
        entries = reading.entries(named.number * tiles.WIDTH, named.width)
        return tiles.bundle(entries) if len(entries) == named.width else b""
    if level not in LEVELS:
        return b""
    hashes = reading.tile(int(level), named.number)[: named.width * tiles.HASH]
    return hashes if len(hashes) == named.width * tiles.HASH else b""


LEVELS = frozenset(map(str, range(tiles.HIGHEST + 1)))


def _kept(answer: HttpResponse, how_long: str) -> HttpResponse:
    answer["Cache-Control"] = how_long
    answer["Access-Control-Allow-Origin"] = "*"  # public, and to be checked by anybody's program
    return answer
