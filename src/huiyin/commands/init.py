"""`huiyin init`: sets up a real installation: the unit, its counter, and the three administrators.

The security administrator is needed, because they give everybody else an account; system administrator and auditor can
follow now or later. Nothing has a default password: each is typed twice, or read from a file for unattended set-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from huiyin.commands import prepare_database, screen, start_django
from huiyin.kernel.errors import Refused

DETAILS = {
    "letter_prefix": ("发文机关代字，例如“云供信”", "Prefix of letter numbers"),
    "superior": ("复查机关（上一级机关、单位）", "Who reviews decisions (the next higher body)"),
    "phone": ("电话", "Telephone"),
    "address": ("地址", "Address"),
    "hours": ("接待时间", "Reception hours"),
}
ADMINISTRATORS = {
    "security_admin": ("安全管理员（建账号、定岗位）", "Security administrator (accounts and roles)"),
    "system_admin": ("系统管理员（机构、日历）", "System administrator (offices, calendar)"),
    "auditor": ("审计管理员", "Auditor"),
}


@click.command(
    help="建立单位和管理员 · Set up the office and its administrators.\n\n没有写在命令里的会逐项询问 · What is not given is asked for."
)
@click.option("--unit", help="单位名称 · name of the unit")
@click.option("--counter", help="接待科室，不写就是单位自己 · the section at the counter, else the unit itself")
@click.option("--letter-prefix", help="发文机关代字 · prefix of letter numbers")
@click.option("--superior", help="复查机关 · who reviews decisions")
@click.option("--phone", help="电话 · telephone")
@click.option("--address", help="地址 · address")
@click.option("--hours", help="接待时间 · reception hours")
@click.option(
    "--admin",
    "admins",
    multiple=True,
    metavar="ROLE:USER:NAME:FILE",
    help="管理员：岗位(security_admin, system_admin, auditor):账号:姓名:密码文件；可以写三个 · "
    "an administrator, with a file that holds the password; may be given three times",
)
def command(unit: str | None, counter: str | None, admins: tuple[str, ...], **details: str | None) -> None:
    """Asks for what is missing, then makes everything or nothing."""
    start_django()
    prepare_database()
    from huiyin.orgs import queries as orgs

    if (found := orgs.installation()) is not None:
        raise Refused(
            f"这里已经建立了“{found.unit.name}”，不能再建。",
            f"“{found.unit.name}” is set up here already.",
            code="set-up",
        )
    asking = not unit
    unit = unit or _ask("单位名称", "Name of the unit", required=True)
    counter = _given(counter, asking, "接待科室（没有就直接回车）", "Section at the counter (Enter for none)")
    details = {name: _given(details[name], asking, *words) for name, words in DETAILS.items()}
    people = [_read(row) for row in admins] or [person for role in ADMINISTRATORS if (person := _ask_person(role))]
    _set_up(unit, counter, {name: value for name, value in details.items() if value}, people)
    screen.say(
        f"“{unit}”建好了。运行 huiyin serve，再用安全管理员账号给同事建账号。",
        f"“{unit}” is set up. Run huiyin serve, then give your colleagues accounts as security administrator.",
    )


def _given(value: str | None, asking: bool, zh: str, en: str) -> str:
    return value if value is not None else _ask(zh, en) if asking else ""


def _ask(zh: str, en: str, *, required: bool = False) -> str:
    while True:
        typed: str = click.prompt(f"{zh} · {en}", default="", show_default=False).strip()
        if typed or not required:
            return typed


def _ask_person(role: str) -> dict[str, str] | None:
    """An administrator as typed; None if left out. The security administrator can't be."""
    zh, en = ADMINISTRATORS[role]
    needed = role == "security_admin"
    later = ("", "") if needed else ("，直接回车以后再建", ", Enter to do it later")
    username = _ask(f"{zh}的账号{later[0]}", f"{en}: user name{later[1]}", required=needed)
    if not username:
        return None
    name = _ask("姓名", "Name", required=True)
    return {"role": role, "username": username, "name": name, "password": _ask_password(username, name)}


def _ask_password(username: str, name: str) -> str:
    """A password typed twice; of a weak one it is said why, and it is asked for again."""
    from huiyin.people import services as people
    from huiyin.people.models import Staff

    while True:
        typed: str = click.prompt("密码 · Password", hide_input=True, confirmation_prompt="再输一遍 · Once more")
        try:
            people.check_password(typed, Staff(username=username, name=name))
            return typed
        except Refused as refused:
            click.echo(f"{refused.zh} · {refused.en}")


def _read(row: str) -> dict[str, str]:
    """An administrator from `ROLE:USER:NAME:FILE`."""
    role, username, name, file = ([part.strip() for part in row.split(":", 3)] + [""] * 4)[:4]
    if role not in ADMINISTRATORS or not (username and name and file):
        raise Refused(
            f"“{row}”要写成 岗位:账号:姓名:密码文件，岗位是{'、'.join(ADMINISTRATORS)}之一。",
            f"Write “{row}” as ROLE:USER:NAME:FILE; ROLE is one of {', '.join(ADMINISTRATORS)}.",
        )
    try:
        password = Path(file).read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"读不到密码文件{file}。", f"The password file {file} can't be read.") from None
    return {"role": role, "username": username, "name": name, "password": password}


def _set_up(unit: str, counter: str, details: dict[str, Any], admins: list[dict[str, str]]) -> None:
    from django.db import transaction

    from huiyin.kernel import clock
    from huiyin.orgs import services as orgs
    from huiyin.people import services as people

    if not any(person["role"] == "security_admin" for person in admins):
        raise Refused(
            "要有一位安全管理员，不然没有人能建账号。",
            "A security administrator is needed; nobody else can make accounts.",
        )
    with transaction.atomic():
        made = orgs.set_up(unit_name=unit, counter_name=counter, now=clock.now(), **details)
        for person in admins:
            given: Any = {name: person[name] for name in ("username", "name", "password")}
            people.create_staff(office=made.unit, roles=[person["role"]], **given)
