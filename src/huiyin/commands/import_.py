"""`huiyin import`: brings a roster or earlier cases from a file into the installation."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "roster": "导入退休人员名册 · Import a roster of retired people",
    "cases": "导入以前的事项 · Import earlier cases",
}


class ImportGroup(click.Group):
    """Imports the module of a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"huiyin.commands.import_{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(name="import", cls=ImportGroup, help="导入名册或旧件 · Import a roster or earlier cases.")
def command() -> None:
    """Its commands stand in COMMANDS."""
