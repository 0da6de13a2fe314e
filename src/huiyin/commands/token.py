"""`huiyin token`: tokens with which another program acts as a member of staff through the API."""

from __future__ import annotations

import click

from huiyin.commands import open_installation
from huiyin.kernel.errors import Refused


@click.group(name="token", help="管理接口令牌 · Manage tokens for the API.")
def command() -> None:
    """Its commands follow."""


@command.command(
    help="给一位工作人员发一个令牌，只显示这一次 · Make a token for a member of staff; it is shown this once."
)
@click.option("--user", required=True, metavar="NAME", help="账号 · user name")
@click.option("--label", default="", help="做什么用 · what it is for")
def create(user: str, label: str) -> None:
    """Prints the token alone on stdout, so that a script can take it."""
    open_installation()
    from huiyin.kernel import clock
    from huiyin.people import services as people
    from huiyin.people.models import Staff

    staff = Staff.objects.filter(username=user.strip().lower()).first()
    if staff is None:
        raise Refused(f"没有“{user}”这个账号。", f"There is no user “{user}”.", field="user")
    _, secret = people.issue_token(staff=staff, label=label, now=clock.now())
    click.echo(secret)
    click.echo(
        "请现在记下来，以后不会再显示。请求里写：Authorization: Bearer 令牌\n"
        "Keep it now, it is not shown again. Send it as: Authorization: Bearer TOKEN",
        err=True,
    )
