"""`huiyin import cases`: takes earlier cases over from a file (.csv, .xlsx, .xls, .jsonl).

Exit code 0: every row was used; 1: some rows have to be mended; 2: nothing was done. The same file again doubles nothing,
so a takeover that was stopped is simply started again.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiyin.commands import open_installation, screen
from huiyin.kernel.errors import Refused
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.words import Words

if TYPE_CHECKING:
    from huiyin.cases.takeover.report import Pile, Report
    from huiyin.people.policy import Actor

SHOWN = 10


@click.command(
    help="导入以前的事项 · Take earlier cases over.\n\n"
    "列 Columns: external_id, received_at, channel, name, phone, id_number, title, text, topic, state (open, closed), reply, "
    "replied_at；中文表头自动识别 · Chinese headings are recognised.",
    epilog="例 Example: huiyin import cases 旧件.xlsx --source 旧系统 --errors 需要改正.xlsx",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source",
    default="import",
    show_default=True,
    help="从哪里来；同一来源的同一编号只导入一次 · where they come from; a number comes once from each source",
)
@click.option(
    "--channel",
    type=click.Choice([choice.code for choice in CHANNELS]),
    help="没有写渠道的行用这个 · the channel of rows that name none",
)
@click.option("--sheet", metavar="NAME", default="", help="工作表名称 · name of the sheet")
@click.option("--user", metavar="NAME", help="以谁的名义导入，默认是系统 · who takes them over; the system by default")
@click.option(
    "--errors",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help="把要改正的行写到这里 · writes the rows to mend",
)
@click.option(
    "--remarks",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help="把没有采用的电话、证件号等写到这里 · writes what was left out of rows that were used",
)
@click.pass_context
def command(
    ctx: click.Context, file: Path, source: str, channel: str | None, sheet: str, user: str | None,
    errors: Path | None, remarks: Path | None,
) -> None:  # fmt: skip
    """Takes the file over and says what came of it."""
    _check_paths(file, errors, remarks)
    open_installation()
    from huiyin.cases.takeover.services import take_over
    from huiyin.kernel import clock
    from huiyin.people.roster.files import Source

    with screen.counter("导入事项", "Cases") as progress:
        report = take_over(
            Source(file, file.name, sheet), by=_actor(user), now=clock.now(), source=source, channel=channel or "",
            progress=progress,
        )  # fmt: skip
    _show(report)
    _write(report, errors, remarks)
    ctx.exit(1 if report.rejected.count else 0)


def _check_paths(file: Path, *targets: Path | None) -> None:
    if not file.is_file():
        raise Refused(f"找不到文件{file}，请核对路径。", f"There is no file {file}; check the path.")
    for target in targets:
        if target is not None and not target.absolute().parent.is_dir():
            folder = target.absolute().parent
            raise Refused(f"没有文件夹{folder}。", f"There is no folder {folder}.")


def _actor(user: str | None) -> Actor:
    from huiyin.people import services as people
    from huiyin.people.models import Staff
    from huiyin.people.policy import SYSTEM

    if user is None:
        return SYSTEM
    actor = people.actor_for(Staff.objects.filter(username=user.strip().lower()).first())
    if actor is None:
        raise Refused(f"没有在用的账号“{user}”。", f"There is no user “{user}” in use.", field="user")
    return actor


def _show(report: Report) -> None:
    if report.ignored:
        ignored = report.ignored[:20]
        screen.say(f"没有用到的列：{'、'.join(ignored)}。", f"Columns not used: {', '.join(ignored)}.")
    for remark in report.remarks:
        screen.say(remark.zh, remark.en)
    screen.say(
        f"共{report.total}行：新登记{report.opened}件，已办结{report.closed}件，原来就有{report.present}件，要改正{report.rejected.count}行。",
        f"{report.total} rows: {report.opened} open and {report.closed} settled cases taken over, {report.present} already here, "
        f"{report.rejected.count} rows to mend.",
    )
    _show_rows(report.rejected, Words("第{row}行要改正", "Row {row} to mend"))
    _show_rows(report.remarked, Words("第{row}行已导入", "Row {row} taken over"))


def _show_rows(pile: Pile, where: Words) -> None:
    for number, _, words in islice(pile, SHOWN):
        zh, en = "".join(one.zh for one in words), " ".join(one.en for one in words)
        screen.say(f"  {where.zh.format(row=number)}：{zh}", f"  {where.en.format(row=number)}: {en}")
    if pile.count > SHOWN:
        screen.say(f"  还有{pile.count - SHOWN}行。", f"  and {pile.count - SHOWN} more.")


def _write(report: Report, errors: Path | None, remarks: Path | None) -> None:
    if report.rejected.count and errors:
        written = report.write_rejected(errors, language="zh-hans")
        screen.say(
            f"要改正的行在{written}，改好再导入一次。", f"The rows to mend are in {written}; import that when mended."
        )
    elif report.rejected.count:
        screen.say(
            "加上 --errors 文件.xlsx 可以把这些行写出来改。", "Add --errors FILE.xlsx to have these rows written out."
        )
    if report.remarked.count and remarks:
        report.write_remarks(remarks, language="zh-hans")
        screen.say(f"没有采用的内容列在{remarks}。", f"What was left out is listed in {remarks}.")
