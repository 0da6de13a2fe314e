"""`huiyin init`: a real office with its administrators, whole or not at all, without any default password."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huiyin.commands.init import command
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Installation
from huiyin.people.models import Staff

PASSWORD = "lake-heron-42"


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, arguments, input=typed)


@pytest.fixture
def secret(tmp_path: Path) -> str:
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    return str(tmp_path / "password")


def test_it_asks_for_the_office_and_the_administrators(db: None) -> None:
    answers = [
        "",
        "云湖供电公司",
        "接待室",
        "云供信",
        "云江省电力公司",
        "0700-5550123",
        "",
        "",
        "fangjing",
        "方静",
        PASSWORD,
        PASSWORD,
    ]
    answers += ["gumingyuan", "顾明远", PASSWORD, PASSWORD, ""]
    result = run(typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    made = Installation.objects.select_related("unit", "counter").get()
    assert (made.unit.name, made.counter.name, made.unit.letter_prefix, made.demo) == (
        "云湖供电公司",
        "接待室",
        "云供信",
        False,
    )
    people = {person.username: person for person in Staff.objects.all()}
    assert people.keys() == {"fangjing", "gumingyuan"}
    assert people["fangjing"].check_password(PASSWORD)
    assert list(people["gumingyuan"].role_rows.values_list("role", flat=True)) == ["system_admin"]
    assert PASSWORD not in result.output


def test_a_weak_password_and_one_typed_differently_are_asked_for_again(db: None) -> None:
    answers = ["fangjing", "方静", "12345", "12345", PASSWORD, "other", PASSWORD, PASSWORD, "", ""]
    result = run("--unit", "云湖", typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert Staff.objects.get().check_password(PASSWORD)


def test_everything_can_be_given_without_being_asked(db: None, secret: str) -> None:
    admins = [f"{role}:{role}:某人:{secret}" for role in ("security_admin", "system_admin", "auditor")]
    result = run(
        "--unit", "云湖供电公司", "--phone", "0700-1", *(part for admin in admins for part in ("--admin", admin))
    )
    assert result.exit_code == 0, result.output
    made = Installation.objects.get()
    assert made.counter_id == made.unit_id and made.unit.phone == "0700-1"
    assert Staff.objects.count() == 3


@pytest.mark.parametrize(
    ("admin", "said"),
    [
        ("auditor:a:某人:{file}", "要有一位安全管理员"),
        ("security_admin:sec:某人", "岗位:账号:姓名:密码文件"),
        ("boss:sec:某人:{file}", "岗位:账号:姓名:密码文件"),
        ("security_admin:sec:某人:/no/such/file", "读不到密码文件"),
        ("security_admin:x y:某人:{file}", "账号用2到40个"),
    ],
)
def test_what_is_given_wrongly_leaves_nothing_half_made(db: None, secret: str, admin: str, said: str) -> None:
    result = run("--unit", "云湖供电公司", "--admin", admin.format(file=secret))
    assert isinstance(result.exception, Refused) and said in result.exception.zh
    assert not Installation.objects.exists() and not Staff.objects.exists()


def test_it_happens_once(db: None, secret: str) -> None:
    run("--unit", "云湖供电公司", "--admin", f"security_admin:sec:某人:{secret}")
    again = run("--unit", "别的公司")
    assert isinstance(again.exception, Refused) and "已经建立了“云湖供电公司”" in again.exception.zh
