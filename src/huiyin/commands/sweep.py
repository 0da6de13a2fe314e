"""`huiyin sweep`: looks once at every matter whose day has come. The server does the same by itself."""

from __future__ import annotations

import click

from huiyin.commands import open_installation, screen


@click.command(help="查一遍所有期限，到期的提醒、复查期满的办结 · Look through all due dates once.")
def command() -> int:
    """Prints how many matters were looked at and what was done; exit code 1 if one couldn't be looked at."""
    open_installation()
    from huiyin.cases.sweep import sweep
    from huiyin.kernel import clock

    swept = sweep(now=clock.now())
    screen.say(
        f"看了{swept.looked_at}件：新告警{swept.alarms}条，升级或再响{swept.climbed}条，复查期满办结{swept.settled}件。",
        f"Looked at {swept.looked_at}: {swept.alarms} new alarms, {swept.climbed} climbed or rang again, {swept.settled} settled as their review period is over.",
    )
    if swept.failed:
        numbers = "、".join(swept.failed)
        screen.say(
            f"没有查成：{numbers}。原因在上面的记录里；请运行 huiyin verify 核对。",
            f"Could not be looked at: {numbers}. The log above says why; run huiyin verify.",
        )
    return 1 if swept.failed else 0
