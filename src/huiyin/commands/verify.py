"""`huiyin verify`: replays every event of every case, recounts the ledger, and says in words what does not fit."""

from __future__ import annotations

import time
from pathlib import Path

import click

from huiyin.commands import open_installation, screen, start_django
from huiyin.ledger.flaws import WORDS as WRONG_WITH_THE_LEDGER
from huiyin.ledger.notes import BadNote, Verifier
from huiyin.ledger.proofs import Proof

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
    "levels_differ": ("办过、复查过的人和记录不一样", "who answered and reviewed it differs from the record"),
    "people_differ": ("信访人和记录不一样", "the petitioners differ from the record"),
    "agents_differ": ("委托和记录不一样", "the authorisations differ from the record"),
    "item_missing": ("分出去的一件找不到，或者没有连上", "an item that was split off is missing or not linked"),
    "version_differs": ("步数和记录条数不一样", "the number of steps differs from the number of records"),
    "event_missing": ("缺一条记录", "a record is missing"),
    "step_not_in_table": ("这一步不在程序表里", "this step is not in the table of the procedure"),
    "effects_differ": ("记录前后不一致", "a record contradicts itself"),
    "text_differs": ("来件原文和登记时不一样", "the text differs from what was registered"),
}  # fmt: skip


@click.group(
    invoke_without_command=True,
    help="重放全部记录，和现在的数据、存证账核对 · Replay every record, compare it with the data and the ledger.",
)
@click.option(
    "--bundle",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="只核对一个档案包 · check an exported bundle instead",
)
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="以前留下的签名，看存证账有没有退回或者改写 · a checkpoint kept from earlier; may be given several times",
)
@click.pass_context
def command(context: click.Context, bundle: Path | None, kept: tuple[Path, ...]) -> None:
    """Exit code 0 when everything fits, 1 with the findings."""
    if context.invoked_subcommand is not None:
        return
    findings = _of_bundle(bundle) if bundle else _of_all([path.read_text("utf-8", "replace") for path in kept])
    for finding in findings[:SHOWN]:
        click.echo(finding)
    if len(findings) > SHOWN:
        screen.say(f"还有{len(findings) - SHOWN}处。", f"and {len(findings) - SHOWN} more.")
    if findings:
        raise click.exceptions.Exit(1)


@command.command("receipt", help="核对一份收据的存证证明 · Check the proof of a receipt.")
@click.argument("proof", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="存证账的公钥；不写就用本系统的 · the log's public key, else that of this installation")
def receipt(proof: Path, key: str | None) -> None:
    """Exit code 0 with what the proof shows, 1 with why it shows nothing."""
    try:
        verifier = Verifier.read(key) if key else _own_key()
        shown = Proof.read(proof.read_text("utf-8", "replace"))
        head = shown.checked(verifier)
        _show(shown.content)
    except BadNote as bad:
        click.echo(_said(bad.why))
        raise click.exceptions.Exit(1) from None
    screen.say(
        f"属实：这份收据是存证账的第{shown.index + 1}条，账上一共{head.size}条时签的名。",
        f"True: this receipt is entry {shown.index + 1} of the log, signed when it had {head.size} entries.",
    )


def _own_key() -> Verifier:
    open_installation()
    from huiyin.ledger import keys

    return keys.signer().verifier


def _show(content: dict[str, object]) -> None:
    for name, value in content.items():
        screen.row(name, str(value))


def _of_all(kept: list[str]) -> list[str]:
    open_installation()
    from huiyin.kernel.db.moment import one_moment

    with one_moment():
        return _of_cases() + _of_ledger(kept)


def _of_ledger(kept: list[str]) -> list[str]:
    from huiyin.ledger import sequencing, verification
    from huiyin.ledger.models import Commitment

    began = time.monotonic()
    count, waiting = Commitment.objects.count(), sequencing.waiting()
    found = [f"{flaw.where}  {_said(flaw.code)}" for flaw in verification.verify(shown=kept)]
    zh, en = (f"有{len(found)}处不符", f"{len(found)} findings") if found else ("全部相符", "everything fits")
    seconds = time.monotonic() - began
    screen.say(
        f"核对{count}条存证（{waiting}条等着入账），{zh}（{seconds:.1f}秒）。",
        f"Compared {count} commitments ({waiting} wait to be entered): {en} ({seconds:.1f} s).",
    )
    return found


def _said(code: str) -> str:
    words = WRONG_WITH_THE_LEDGER[code]
    return f"{words.zh} · {words.en}"


def _of_cases() -> list[str]:
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
