"""Letters, receipts and bundles at the desk: who gets what tells how to reach the petitioner, and what is kept of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from huiyin.cases import copies
from tests.web.desk.test_case_page import exported
from tests.world import World


def test_who_was_only_asked_gets_no_large_print_and_no_proof_of_delivery(world: World, at_desk: Any) -> None:
    case = world.ask(world.case("delivered"), "sister_clerk", by="leader")
    kinds = {letter.kind: letter.pk for letter in case.letters.all()}
    asked, clerk = at_desk("sister_clerk"), at_desk("clerk")
    page = asked.get(f"/desk/cases/{case.no}/").text
    for letter, form, status in (("opinion", "pdf", 200), ("opinion", "large", 403), ("service", "pdf", 403)):
        href = f"/desk/cases/{case.no}/letters/{kinds[letter]}/{form}/"
        assert asked.get(href).status_code == status and clerk.get(href).status_code == 200, href
        assert (href in page) == (status == 200), href


def test_a_bundle_masks_numbers_and_addresses_for_whoever_sees_them_masked_and_is_kept_on_record(
    world: World, at_desk: Any
) -> None:
    case = world.case("delivered")
    for name, full in (("head", False), ("handler", True)):
        with zipfile.ZipFile(io.BytesIO(exported(at_desk(name), case.no).body)) as bundle:
            words = b"".join(
                bundle.read(each) for each in bundle.namelist() if each.endswith(("json", "html", "jsonl"))
            )
            assert any("service" in each for each in bundle.namelist()) == full
        assert (b"13800000000" in words) == full and ("湖滨路2号".encode() in words) == full, name
    at_desk("clerk").get(f"/desk/cases/{case.no}/receipt/")
    kept = [(copy.kind, copy.by.name) for copy in copies.latest(9)]
    assert kept == [("receipt", "clerk"), ("whole", "handler"), ("masked", "head")]
    assert case.no in at_desk("auditor").get("/admin/audit/").text
