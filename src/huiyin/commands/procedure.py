"""`huiyin procedure`: the manual of the procedure, made from the table that decides, and a check of that table. Pure: no data folder."""

from __future__ import annotations

import click

from huiyin.kernel.errors import Refused
from huiyin.procedure import alarms
from huiyin.procedure.checking import walk
from huiyin.procedure.editions import CURRENT, EDITIONS
from huiyin.procedure.render import markdown
from huiyin.procedure.walking import Walk


@click.group(
    invoke_without_command=True, help="写出、检查程序说明 · Write the manual of the procedure, or check the procedure."
)
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Markdown，就是docs/procedure.md · as kept in docs/procedure.md"
)
@click.option(
    "--supervision", is_flag=True, help="告警表，就是docs/supervision.md · the alarms, as in docs/supervision.md"
)
@click.option("--edition", "code", default=CURRENT, show_default=True, help="版本 · edition")
@click.pass_context
def command(context: click.Context, as_markdown: bool, supervision: bool, code: str) -> None:
    """Prints the page."""
    if context.invoked_subcommand:
        return
    if code not in EDITIONS:
        raise Refused(
            f"没有“{code}”这个版本，有：{'、'.join(EDITIONS)}。",
            f"There is no edition {code}; there are: {', '.join(EDITIONS)}.",
        )
    if supervision:
        click.echo(alarms.markdown(), nl=False)
        return
    if not as_markdown:
        raise Refused("请写明格式：--markdown", "Name the format: --markdown")
    click.echo(markdown(EDITIONS[code]), nl=False)


@command.command(help="走遍每个版本，看有没有办不下去的情形 · Walk every edition and look for matters that get stuck.")
@click.pass_context
def check(context: click.Context) -> None:
    """Prints what was walked and every breach; exits with 1 if there is one."""
    walks = [walk(edition) for edition in EDITIONS.values()]
    for found in walks:
        _tell(found)
    context.exit(int(any(found.breaches for found in walks)))


def _tell(found: Walk) -> None:
    moves = sum(map(len, found.moves.values()))
    click.echo(
        f"{found.edition.code}: {len(found.states)} states, {len(found.moves)} situations, {moves} moves, "
        f"{found.paths} paths from registration to an end, {len(found.breaches)} breaches"
    )
    for breach in found.breaches:
        click.echo(f"  ✗ {breach.zh} {breach.en}")
