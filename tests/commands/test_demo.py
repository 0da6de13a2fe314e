"""`huiyin demo`: loads into an empty place, keeps what is there, never touches a real office."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from huiyin.cases.models import Case
from huiyin.commands.demo import command
from huiyin.demo import services
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Installation
from huiyin.people.models import Staff
from tests.world import World


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_it_prints_where_to_look_who_signs_in_and_a_receipt(db: None) -> None:
    result = run("--seed", "3")
    assert result.exit_code == 0, result.output
    for said in (
        "http://127.0.0.1:8000/",
        "/desk/",
        "/api/v1/docs",
        "huiyin-demo",
        "林芳",
        "吴启明",
        "沈维",
        "审计管理员",
        "/t/",
    ):
        assert said in result.output
    said = re.search(r"\d{4} \d{4} \d{4}", result.output)
    assert said is not None
    case = Case.objects.get(receipt_code=said[0].replace(" ", ""))
    assert case.no in result.output
    before = services.count()
    again = run("--if-empty", "--cases", "500")
    assert again.exit_code == 0 and said[0] in again.output and services.count() == before
    more = run("--cases", str(before + 5), "--seed", "3")
    assert more.exit_code == 0 and services.count() == before + 5


def test_a_real_office_is_left_alone(world: World) -> None:
    result = run()
    assert isinstance(result.exception, Refused) and "真实单位" in result.exception.zh
    quiet = run("--if-empty")
    assert quiet.exit_code == 0 and "A real office is set up here" in quiet.output
    assert (
        not Case.objects.exists() and Staff.objects.count() == len(world.staff) and not Installation.objects.get().demo
    )


@pytest.mark.parametrize("cases", ["0", "-3", "many"])
def test_a_number_that_makes_no_sense_is_refused_before_anything_is_loaded(db: None, cases: str) -> None:
    assert run("--cases", cases).exit_code == 2
    assert not Installation.objects.exists()
