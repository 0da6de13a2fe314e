"""`huiyin import roster`: brings a roster from a file (.xlsx, .xls, .csv) into an office's care.

Exit code 0: every row was used; 1: some rows have to be mended; 2: nothing was done. Importing a file again changes
only what differs, so an import that was stopped is simply started again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiyin.commands import open_installation, screen
from huiyin.kernel.errors import Refused

if TYPE_CHECKING:
    from huiyin.orgs.models import Office
    from huiyin.people.roster.files import Plan, Source
    from huiyin.people.roster.sorting import RosterRow
    from huiyin.procedure.words import Words

SHOWN_PROBLEMS = 10
Problem = tuple[int, list[dict[str, str]]]


@click.command(
    help="导入退休人员名册 · Import a roster of retired people.\n\n"
    "表头自动识别；同一个人不会重复，空格不覆盖已有内容 · Headings are recognised; nobody comes twice; blank cells change nothing.",
    epilog="例 Example: huiyin import roster 名册.xlsx --errors 需要改正.xlsx",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--office",
    "office_name",
    metavar="NAME",
    help="归哪个单位服务管理，默认本单位 · the office in charge; the unit by default",
)
@click.option("--sheet", metavar="NAME", help="工作表名称 · name of the sheet")
@click.option(
    "--columns",
    "choices",
    metavar="HEADING=FIELD,…",
    help="指定列，例如 谁=name,3=phone（数字是第几列，等号后不写就不导入）· which column is what; a number counts columns from 1; "
    "nothing after = leaves it out",
)
@click.option(
    "--errors",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help="把没导入的行写到这里 · writes the rows to mend",
)
@click.option("--dry-run", is_flag=True, help="只检查，不导入 · check only, change nothing")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    office_name: str | None,
    sheet: str | None,
    choices: str | None,
    errors: Path | None,
    dry_run: bool,
) -> None:
    """Looks at the file, says which columns were recognised, then imports or only checks."""
    _check_paths(file, errors)
    open_installation()
    from huiyin.people.roster.files import Source, plan

    office = _office(office_name)
    source = Source(file, file.name, sheet or "")
    seen = plan(source)
    columns = _columns(seen, choices)
    _show_columns(seen, columns)
    rejected = (_survey if dry_run else _import)(source, office, columns, errors)
    ctx.exit(1 if rejected else 0)


def _check_paths(file: Path, errors: Path | None) -> None:
    if not file.is_file():
        raise Refused(f"找不到文件{file}，请核对路径。", f"There is no file {file}; check the path.")
    if errors is not None and not errors.absolute().parent.is_dir():
        raise Refused(f"没有文件夹{errors.absolute().parent}。", f"There is no folder {errors.absolute().parent}.")


def _office(name: str | None) -> Office:
    from huiyin.orgs import queries as orgs

    row = orgs.installation()
    assert row is not None
    if name is None:
        return row.unit
    offices = [office for office in orgs.offices() if office.is_active]
    found = [office for office in offices if office.name == name.strip()]
    if len(found) != 1:
        listed = "、".join(office.name for office in offices[:20])
        count = len(found)
        raise Refused(
            f"有{count}个单位叫“{name}”，要正好一个。现有：{listed}。",
            f"{count} offices are called “{name}”; it must be one. There are: {listed}.",
        )
    return found[0]


def _columns(seen: Plan, choices: str | None) -> dict[int, str]:
    """The columns recognised, with those named on the command line put over them."""
    from huiyin.people.roster.columns import checked_columns

    columns = dict(seen.columns)
    for choice in filter(None, (part.strip() for part in (choices or "").split(","))):
        heading, _, field = (part.strip() for part in choice.partition("="))
        place = _place(seen.headings, heading)
        columns = {at: held for at, held in columns.items() if held != field and at != place}
        if field:
            columns[place] = _field(field)
    return checked_columns(columns, len(seen.headings))


def _place(headings: list[str], wanted: str) -> int:
    if wanted in headings:
        return headings.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(headings):
        return int(wanted) - 1
    listed = "、".join(headings)
    raise Refused(f"表里没有“{wanted}”这一列。有：{listed}。", f"There is no column “{wanted}”. There are: {listed}.")


def _field(wanted: str) -> str:
    from huiyin.people.roster.columns import COLUMNS, match_headings

    found = match_headings([wanted]).get(0)
    if found is None:
        listed = "、".join(f"{column.field}（{column.name.zh}）" for column in COLUMNS)
        raise Refused(
            f"没有“{wanted}”这一项。可以写：{listed}。",
            f"There is no field “{wanted}”. Write one of: {', '.join(column.field for column in COLUMNS)}.",
        )
    return found


def _show_columns(seen: Plan, columns: dict[int, str]) -> None:
    from huiyin.people.roster.columns import FIELDS

    for place, heading in enumerate(seen.headings):
        name = FIELDS[columns[place]].name if place in columns else None
        screen.row(heading or f"({place + 1})", f"{name.zh} {name.en}" if name else "— 不导入 · left out")


def _import(source: Source, office: Office, columns: dict[int, str], errors: Path | None) -> int:
    from huiyin.kernel import clock
    from huiyin.people.policy import SYSTEM
    from huiyin.people.roster import importing

    with source.path.open("rb") as stream:
        begun = importing.begin(stream=stream, name=source.name, office=office, by=SYSTEM, now=clock.now())
    importing.choose(roster_import=begun, columns=columns, sheet=source.sheet)
    with screen.counter("导入名册", "Roster") as progress:
        found = importing.run(begun.pk, now=clock.now(), progress=progress)
    if found.state != found.State.DONE:
        raise Refused(found.message["zh"], found.message["en"])
    for remark in found.message.get("remarks", []):
        screen.say(remark["zh"], remark["en"])
    screen.say(
        f"新增{found.created}人，更新{found.updated}人，没有变化{found.unchanged}人，需要改正{found.rejected}行。",
        f"{found.created} entered, {found.updated} changed, {found.unchanged} unchanged, {found.rejected} rows to mend.",
    )
    _show_problems(
        [(problem.row, problem.problems) for problem in found.problems.all()[:SHOWN_PROBLEMS]], found.rejected
    )
    if errors is not None and found.rejected:
        importing.write_errors(found, errors, language="zh-hans")
    _point_to(errors, found.rejected)
    return found.rejected


def _survey(source: Source, office: Office, columns: dict[int, str], errors: Path | None) -> int:
    from huiyin.kernel import clock
    from huiyin.people.roster import importing
    from huiyin.people.roster.files import plan
    from huiyin.people.roster.problems import as_json, write_problems

    counts: dict[str, int] = {}
    wrong: list[RosterRow] = []
    remarks: list[Words] = []
    with screen.counter("检查名册", "Roster") as progress:
        place = importing.target_at(office, columns, on=clock.today())
        for row in importing.survey(source, place, remarks=remarks, progress=progress):
            counts[row.outcome] = counts.get(row.outcome, 0) + 1
            if row.problems:
                wrong.append(row)
    for remark in remarks:
        screen.say(remark.zh, remark.en)
    new, changed, same = (counts.get(outcome, 0) for outcome in ("new", "changed", "same"))
    screen.say(
        f"只检查，没有导入：会新增{new}人，更新{changed}人，没有变化{same}人，需要改正{len(wrong)}行。",
        f"Checked only: {new} would be entered, {changed} changed, {same} unchanged; {len(wrong)} rows to mend.",
    )
    _show_problems([(row.number, as_json(row)) for row in wrong[:SHOWN_PROBLEMS]], len(wrong))
    if errors is not None and wrong:
        rows = ((row.number, list(row.cells), as_json(row)) for row in wrong)
        write_problems(errors, plan(source).headings, rows, language="zh-hans")
    _point_to(errors, len(wrong))
    return len(wrong)


def _show_problems(problems: list[Problem], count: int) -> None:
    for number, found in problems:
        zh, en = (" ".join(problem[language] for problem in found) for language in ("zh", "en"))
        screen.say(f"  第{number}行：{zh}", f"  Row {number}: {en}")
    if count > len(problems):
        screen.say(f"  还有{count - len(problems)}行。", f"  and {count - len(problems)} more.")


def _point_to(errors: Path | None, rejected: int) -> None:
    if not rejected:
        return
    if errors is not None:
        screen.say(
            f"要改正的行在{errors}，改好再导入一次。", f"The rows to mend are in {errors}; import that when mended."
        )
    else:
        screen.say(
            "加上 --errors 文件.xlsx 可以把这些行写出来改。", "Add --errors FILE.xlsx to have these rows written out."
        )
