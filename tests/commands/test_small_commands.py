"""`huiyin verify`, `sweep`, `token`, `export`, `import cases`, `procedure`: what they say and how they end."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from time_machine import travel

from huiyin.cases import archive
from huiyin.cases.models import Case
from huiyin.cases.queries import find
from huiyin.commands import export, import_cases, procedure, sweep, token, verify
from huiyin.kernel.errors import Refused
from huiyin.people import services as people
from huiyin.procedure.editions import CURRENT, EDITIONS
from huiyin.procedure.render import markdown
from tests.world import NOW, World

HEAD = "external_id,received_at,channel,name,phone,title,text,state,reply,replied_at\n"


def run(command: click.Command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def refused(command: click.Command, *arguments: object) -> Refused:
    result = run(command, *arguments)
    assert isinstance(result.exception, Refused), result.output
    return result.exception


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (verify.command, ()),
        (sweep.command, ()),
        (export.command, ("case", "2026-0001")),
        (token.command, ("create", "--user", "x")),
    ],
)
def test_a_command_on_nothing_says_how_to_begin(db: None, command: click.Command, arguments: tuple[str, ...]) -> None:
    assert "huiyin init" in refused(command, *arguments).zh


def test_verify_counts_and_is_content(world: World) -> None:
    world.case("handling")
    result = run(verify.command)
    assert result.exit_code == 0 and "全部相符" in result.output and "everything fits" in result.output


def test_verify_says_in_words_what_does_not_fit_and_ends_with_1(world: World) -> None:
    case = world.case("accepted")
    Case.objects.filter(pk=case.pk).update(state="closed", text="改过", is_open=False, closed_at=NOW)
    result = run(verify.command)
    assert result.exit_code == 1
    assert f"{case.no}  状态和记录重放的结果不一样" in result.output and "来件原文和登记时不一样" in result.output
    assert "findings" in result.output


def test_verify_has_words_for_every_finding() -> None:
    import re
    from inspect import getsource

    from huiyin.cases import verification

    codes = set(re.findall(r'"([a-z_]+_(?:missing|differs?|table))"', getsource(verification)))
    codes |= {f"{name}_differs" for name in ("state", "office", "responsible", "marks", "clocks")}
    assert codes <= verify.WORDS.keys()


def test_a_bundle_is_checked_without_an_office(world: World, tmp_path: Path) -> None:
    case = find(world.case("registered").no)
    assert case is not None
    (tmp_path / "a.zip").write_bytes(archive.write(case))
    assert run(verify.command, "--bundle", tmp_path / "a.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as bundle:
        bundle.writestr("more.txt", "x")
    result = run(verify.command, "--bundle", tmp_path / "a.zip")
    assert result.exit_code == 1 and "more.txt  包里有，清单里没有" in result.output


def test_the_sweep_says_what_it_did(world: World) -> None:
    case, on = world.case("delivered"), NOW.date().isoformat()
    world.perform(case, "carry_out", "handler", on=on, done="补发180元。")
    with travel(NOW + timedelta(days=40), tick=False):
        result = run(sweep.command)
    assert result.exit_code == 0 and "复查期满办结1件" in result.output


def test_a_token_is_printed_once_and_acts_as_its_owner(world: World) -> None:
    result = run(token.command, "create", "--user", " Handler ", "--label", "脚本")
    secret = result.stdout.strip()
    assert result.exit_code == 0 and "Authorization: Bearer" in result.stderr
    actor = people.actor_for_token(secret)
    assert actor is not None and actor.staff_id == world.staff["handler"].pk
    assert "没有“nobody”这个账号" in refused(token.command, "create", "--user", "nobody").zh


def test_a_case_is_exported_to_a_file(world: World, tmp_path: Path) -> None:
    case = world.case("accepted")
    result = run(export.command, "case", case.no, "--out", tmp_path / "out.zip")
    assert result.exit_code == 0, result.output
    assert archive.check_bundle(tmp_path / "out.zip") == []
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert "没有编号是2026-9999的事项" in refused(export.command, "case", "2026-9999").zh
    assert "没有文件夹" in refused(export.command, "case", case.no, "--out", tmp_path / "no" / "out.zip").zh


def test_cases_come_in_from_the_command_line(world: World, tmp_path: Path) -> None:
    rows = (
        "A1,2019-02-01,letter,孟庆兰,138,补贴,少发了。,closed,已补发。,2019-03-01\nA2,x,letter,,,体检,没通知。,open,,\n"
    )
    (tmp_path / "old.csv").write_text(HEAD + rows, "utf-8")
    result = run(
        import_cases.command, tmp_path / "old.csv", "--source", "旧系统", "--user", "clerk",
        "--errors", tmp_path / "mend.xlsx", "--remarks", tmp_path / "left.xlsx",
    )  # fmt: skip
    assert result.exit_code == 1, result.output
    assert "已办结1件" in result.output and "1 rows to mend" in result.output
    assert "第3行要改正：收到日期" in result.output and "第2行已导入：电话“138”没有采用" in result.output
    assert (tmp_path / "mend.xlsx").exists() and (tmp_path / "left.xlsx").exists()
    assert Case.objects.get().events.get().by_name == "clerk"
    again = run(import_cases.command, tmp_path / "old.csv", "--source", "旧系统")
    assert "原来就有1件" in again.output and "--errors FILE.xlsx" in again.output and Case.objects.count() == 1


def test_wrong_paths_and_people_are_refused_before_anything_is_read(world: World, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(HEAD, "utf-8")
    assert "找不到文件" in refused(import_cases.command, tmp_path / "no.csv").zh
    assert (
        "没有文件夹" in refused(import_cases.command, tmp_path / "old.csv", "--errors", tmp_path / "no" / "m.xlsx").zh
    )
    assert "没有在用的账号" in refused(import_cases.command, tmp_path / "old.csv", "--user", "nobody").zh
    (tmp_path / "old.exe").write_bytes(b"MZ\x90\x00" + bytes(200))
    assert refused(import_cases.command, tmp_path / "old.exe").field == "file"


def test_the_manual_of_the_procedure_is_printed() -> None:
    assert run(procedure.command, "--markdown").output == markdown(EDITIONS[CURRENT])
    assert "--markdown" in refused(procedure.command).zh
    assert "没有“x”这个版本" in refused(procedure.command, "--markdown", "--edition", "x").zh
