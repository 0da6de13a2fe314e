"""`huiyin demo`: loads an invented office into an empty data folder, or more matters into one that is a demonstration."""

from __future__ import annotations

import gc
import random

import click

from huiyin.commands import prepare_database, screen, start_django
from huiyin.kernel.errors import Refused

MOST_CASES = 5_000_000


@click.command(
    help="装入演示单位：人员、名册、各种进度的事项；全部是虚构的 · Load a demonstration office; all of it is invented.\n\n"
    "不会动真实单位的数据 · A real installation is never touched."
)
@click.option("--cases", type=click.IntRange(1, MOST_CASES), help="一共要多少件事项 · how many matters in all")
@click.option("--seed", type=int, help="同一个数得到同样的数据 · the same number gives the same data")
@click.option("--if-empty", is_flag=True, help="已经有数据就不装 · do nothing where there is data already")
def command(cases: int | None, seed: int | None, if_empty: bool) -> None:
    """Loads, then prints where to look and who can sign in."""
    start_django()
    prepare_database()
    from huiyin.demo import office
    from huiyin.orgs import queries as orgs

    present = orgs.installation() is not None
    if present and not office.is_here():
        _leave_alone(if_empty)
        return
    seed = random.randrange(2**31) if seed is None else seed
    if not present:
        _install(seed)
    if cases and not (present and if_empty):
        _fill(cases, seed)
    _show()


def _leave_alone(if_empty: bool) -> None:
    zh, en = (
        "这里已经建立了真实单位，没有装入演示数据。",
        "A real office is set up here; no demonstration data were loaded.",
    )
    if not if_empty:
        raise Refused(
            f"{zh}要看演示，请把HUIYIN_HOME指到另一个空文件夹。",
            f"{en} For a demonstration point HUIYIN_HOME to another, empty folder.",
        )
    screen.say(zh, en)


def _install(seed: int) -> None:
    from huiyin.demo import services
    from huiyin.kernel import clock

    with screen.bar("装入演示单位", "Demonstration office", services.RETIREES + services.few()) as advance:
        services.install(now=clock.now(), seed=seed, progress=advance)
        services.ring(now=clock.now())


def _fill(cases: int, seed: int) -> None:
    from huiyin.demo import services
    from huiyin.kernel import clock

    wanted = cases - services.count()
    if wanted <= 0:
        return
    gc.disable()  # millions of short-lived rows without cycles: collecting them would cost a sixth of the time
    with screen.bar("装入事项", "Matters", wanted) as advance:
        services.fill(cases=cases, now=clock.now(), seed=seed, progress=advance)
    gc.enable()
    services.ring(now=clock.now())


def _show() -> None:
    from django.conf import settings

    from huiyin.demo import office, services

    screen.say(
        f"演示单位“{office.UNIT}”，共{services.count()}件事项，人和事都是虚构的。",
        f"The demonstration office has {services.count()} matters; people and matters are invented.",
    )
    screen.row("门户 Portal", f"{settings.BASE_URL}/")
    screen.row("工作台 Desk", f"{settings.BASE_URL}/desk/")
    screen.row("接口 API", f"{settings.BASE_URL}/api/v1/docs")
    screen.row("密码 Password", f"{office.PASSWORD}  （所有账号 · for every account）")
    for account in office.ACCOUNTS:
        if account.shown:
            screen.row(account.username, f"{account.name}  {_roles(account.roles)}")
    _show_sample()


def _roles(roles: tuple[str, ...]) -> str:
    from django.utils import translation

    from huiyin.people.models import Role

    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said += [str(Role(role).label) for role in roles]
    return " ".join(dict.fromkeys(said))


def _show_sample() -> None:
    from django.conf import settings

    from huiyin.demo import services
    from huiyin.kernel.ids import grouped

    if found := services.sample():
        screen.row("查询码 Receipt code", f"{grouped(found.code)}  （{found.no}  {found.name}  {found.phone}）")
        screen.row("", f"{settings.BASE_URL}/t/{found.secret}/")
