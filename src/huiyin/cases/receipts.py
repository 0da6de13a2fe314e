"""The receipt of a case as a paper: what was handed in, by when we answer (Art. 23), and the code to follow it with."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from huiyin.cases import commitments
from huiyin.cases.models import Case, Channel
from huiyin.cases.petitioners import addressee, gone
from huiyin.documents.letters.parts import Sender
from huiyin.documents.letters.receipt import Receipt, render
from huiyin.ledger import reading
from huiyin.ledger.proofs import Proof
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.words import Words

_CHANNELS = {choice.code: choice.name for choice in CHANNELS}


def pdf(case: Case, *, language: str = "zh-hans") -> bytes:
    """The receipt as PDF on A5. The same case gives the same paper, however often it is printed."""
    return render(receipt_of(case, language=language), folder=settings.FONTS)


def receipt_of(case: Case, *, language: str = "zh-hans") -> Receipt:
    """What the receipt of a case says."""
    first = addressee(case.petitioners.all(), gone(case))
    return Receipt(
        sender=_sender(case),
        what=case.title,
        received_at=case.registered_at,
        received_on=case.received_on,
        how=_how(case).say(language),
        number=case.no,
        answer_by=answer_by(case),
        settled=not case.is_open,
        code=case.receipt_code,
        name=first.name if first else "",
        url=f"{settings.BASE_URL}/t/{case.receipt_secret}/",
        check_at=f"{settings.BASE_URL.split('://')[-1]}/track/",
        language=language,
    )


def proof(case: Case) -> Proof | None:
    """The proof that the receipt is in the ledger; None for the few seconds until it is entered."""
    row = commitments.receipt_row(case.pk, [getattr(case, name) for name in commitments.RECEIPT_FIELDS])
    return reading.proof(row.kind, row.owner, row.place, row.content)


def answer_by(case: Case) -> date | None:
    """The day by which the petitioner hears who handles it: the end of the notice term, running or not. None if no such
    term ever ran: name or address are unclear, or the matter was taken over when it was settled."""
    return next((clock.due_on for clock in case.clocks.all() if clock.term == "notice"), None)


def _how(case: Case) -> Words:
    channel, papers = _CHANNELS[Channel(case.channel).value], case.files.count()
    if not papers:
        return channel
    return Words(f"{channel.zh}，材料{papers}份", f"{channel.en}, {papers} {'paper' if papers == 1 else 'papers'}")


def _sender(case: Case) -> Sender:
    house = orgs.installation()
    unit, counter = (house.unit, house.counter) if house else _own(case)
    return Sender(
        unit.name,
        counter.name if counter != unit else "",
        counter.phone or unit.phone,
        counter.address or unit.address,
        counter.hours or unit.hours,
    )


def _own(case: Case) -> tuple[Office, Office]:
    assert case.office is not None
    return orgs.unit_of(case.office), case.office
