"""`huiyin verify`: replays every event of every case and compares; says in words what does not fit."""

from __future__ import annotations

import time
from pathlib import Path

import click

from huiyin.commands import open_installation, screen, start_django

SHOWN = 50
WORDS = {
    "trigger_missing": ("记录表缺少只增不改的保护，请重新启动或运行迁移", "the table lacks its protection against changes; start again or migrate"),
    "state_differs": ("状态和记录重放的结果不一样", "the state differs from what the record gives"),
    "office_differs": ("承办科室和记录不一样", "the responsible office differs from the record"),
    "responsible_differs": ("承办人和记录不一样", "the responsible person differs from the record"),
    "marks_differs": ("标记和记录不一样", "the marks differ from the record"),
    "clocks_differs": ("期限和记录不一样", "the running terms differ from the record"),
    "rated_differs": ("评没评过和记录不一样", "whether it was rated differs from the record"),
    "tasks_differ": ("协办和记录不一样", "the tasks differ from the record"),
    "senders_differ": ("转送、交办的人和记录不一样", "who passed it on differs from the record"),
    "people_differ": ("信访人和记录不一样", "the petitioners differ from the record"),
    "agents_differ": ("委托和记录不一样", "the authorisations differ from the record"),
    "item_missing": ("分出去的一件找不到，或者没有连上", "an item that was split off is missing or not linked"),
    "version_differs": ("步数和记录条数不一样", "the number of steps differs from the number of records"),
    "event_missing": ("缺一条记录", "a record is missing"),
    "step_not_in_table": ("这一步不在程序表里", "this step is not in the table of the procedure"),
    "effects_differ": ("记录前后不一致", "a record contradicts itself"),
    "text_differs": ("来件原文和登记时不一样", "the text differs from what was registered"),
}  # fmt: skip


@click.command(help="重放全部记录，和现在的数据核对 · Replay every record and compare it with the data.")
@click.option(
    "--bundle",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="只核对一个档案包 · check an exported bundle instead",
)
def command(bundle: Path | None) -> None:
    """Exit code 0 when everything fits, 1 with the findings."""
    findings = _of_bundle(bundle) if bundle else _of_all()
    for finding in findings[:SHOWN]:
        click.echo(finding)
    if len(findings) > SHOWN:
        screen.say(f"还有{len(findings) - SHOWN}处。", f"and {len(findings) - SHOWN} more.")
    if findings:
        raise click.exceptions.Exit(1)


def _of_all() -> list[str]:
    open_installation()
    from huiyin.cases import verification
    from huiyin.cases.models import Case, CaseEvent

    cases, events, began = Case.objects.count(), CaseEvent.objects.count(), time.monotonic()
    done = 0
    with screen.bar("核对", "Comparing", cases) as advance:

        def progress(count: int) -> None:
            nonlocal done
            if count - done >= 500 or count == cases:
                advance(count - done)
                done = count

        found = [_line(row.no, row.code, row.detail) for row in verification.verify(progress=progress)]
    seconds = time.monotonic() - began
    zh, en = (f"有{len(found)}处不符", f"{len(found)} findings") if found else ("全部相符", "everything fits")
    screen.say(
        f"重放{cases}件事项的{events}条记录，{zh}（{seconds:.1f}秒）。",
        f"Replayed {events} records of {cases} matters: {en} ({seconds:.1f} s).",
    )
    return found


def _line(no: str, code: str, detail: str) -> str:
    zh, en = WORDS.get(code, (code, code))
    return f"{no}  {zh} · {en}" + (f"  [{detail[:200]}]" if detail else "")


def _of_bundle(path: Path) -> list[str]:
    start_django()
    from huiyin.cases.archive import check_bundle

    problems = check_bundle(path)
    if not problems:
        screen.say("档案包里的文件都在，散列值都对。", "All files of the bundle are there and their hashes are right.")
    return [f"{name}  {words.zh} · {words.en}" for name, words in problems]
