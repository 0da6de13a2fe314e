"""The command `huiyin`. Each command is imported when it is called, so that `huiyin deadline` needs no Django.

Wrong use and refused input are said on stderr in Chinese and English, with exit code 2.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

import click

from huiyin.kernel.errors import Refused


@dataclass(frozen=True)
class Place:
    """Where a command is (`module:attribute`) and what it does, in one line."""

    target: str
    help: str


COMMANDS = {
    "init": Place(
        "huiyin.commands.init:command", "建立单位和第一位管理员 · Set up the office and its first administrator"
    ),
    "serve": Place("huiyin.commands.serve:command", "启动网页和后台工作 · Serve the pages and work in the background"),
    "demo": Place("huiyin.commands.demo:command", "装入演示数据 · Load a demo office"),
    "import": Place("huiyin.commands.import_:command", "导入名册或旧件 · Import a roster or earlier cases"),
    "deadline": Place("huiyin.commands.deadline:command", "计算法定期限 · Compute a statutory date"),
    "procedure": Place("huiyin.commands.procedure:command", "写出程序说明 · Write the manual of the procedure"),
    "manual": Place(
        "huiyin.commands.manual:command", "写出操作手册（PDF、Word）· Print the operations manual (PDF, Word)"
    ),
    "export": Place("huiyin.commands.export:command", "导出一件事的档案包 · Export the archive bundle of a case"),
    "review-book": Place("huiyin.commands.review_book:command", "准备局务会梳理册 · Prepare the monthly review book"),
    "verify": Place("huiyin.commands.verify:command", "重放全部记录并核对 · Replay every record and compare"),
    "token": Place("huiyin.commands.token:command", "管理接口令牌 · Manage tokens for the API"),
    "openapi": Place("huiyin.commands.openapi:command", "写出接口说明 · Write the description of the API"),
    "simulate": Place(
        "huiyin.commands.simulate:command", "模拟几年的办理并核对告警 · Simulate years of work and audit every alarm"
    ),
    "work": Place("huiyin.commands.work:command", "只做后台工作 · Do background work only"),
    "sweep": Place("huiyin.commands.sweep:command", "查一遍所有期限 · Look through all due dates once"),
}


class LazyGroup(click.Group):
    """Knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])


def _say(zh: str, en: str) -> None:
    click.echo(f"{zh}\n{en}", err=True)


def _explain(error: click.ClickException) -> None:
    """A click error with the way out in both languages."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "huiyin"
    message = error.format_message().rstrip(".?")
    _say(f"命令没有写对（{message}）。用法见：{path} --help", f"{message}. See: {path} --help")


@click.group(cls=LazyGroup, help="回音 Huiyin：事事有回音，件件有着落 · Every matter gets an answer.")
@click.version_option(version("huiyin"), prog_name="huiyin")
def group() -> None:
    """The group; its commands stand in COMMANDS."""


def main() -> NoReturn:
    """Runs the command line and exits: 0 done, 1 done in part, 2 refused, 130 stopped by hand."""
    try:
        result = group.main(prog_name="huiyin", standalone_mode=False)
    except Refused as refused:
        _say(refused.zh, refused.en)
        sys.exit(2)
    except click.ClickException as error:
        _explain(error)
        sys.exit(error.exit_code)
    except click.Abort:
        _say("已经停下。", "Stopped.")
        sys.exit(130)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
