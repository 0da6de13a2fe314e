"""`huiyin import roster`: what it says, what it changes, how it ends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huiyin.commands.import_roster import command
from huiyin.documents.spreadsheets import read_table
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Refused
from huiyin.orgs import services as orgs
from huiyin.people.models import Person, PersonChange, RosterImport
from huiyin.people.roster.sample import write_sample

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)


@pytest.fixture
def office(db: None) -> str:
    row = orgs.set_up(unit_name="云湖供电公司", now=NOW)
    return orgs.create_office(name="待遇科", kind="section", parent=row.unit).name


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def refused(*arguments: object) -> Refused:
    result = run(*arguments)
    assert isinstance(result.exception, Refused), result.output
    return result.exception


def test_a_roster_comes_in_and_again_changes_nothing(office: str, tmp_path: Path) -> None:
    write_sample(tmp_path / "r.xlsx", 30)
    first, again = run(tmp_path / "r.xlsx"), run(tmp_path / "r.xlsx")
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "新增30人" in first.output and "30 entered" in first.output
    assert "新增0人，更新0人，没有变化30人" in again.output
    assert Person.objects.count() == 30
    assert PersonChange.objects.first().by is None  # type: ignore[union-attr]


def test_rows_to_mend_are_shown_and_written(office: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("姓名,手机\n孟庆兰,13800000000\n王秀英,138\n,\n李四,0700\n", "utf-8")
    result = run(tmp_path / "r.csv", "--errors", tmp_path / "e.xlsx", "--office", office)
    assert result.exit_code == 1
    assert "第3行" in result.output and "Row 5" in result.output and "e.xlsx" in result.output
    assert [row.cells[0] for row in read_table(tmp_path / "e.xlsx", name="e").rows] == ["王秀英", "李四"]
    assert Person.objects.get().office.name == office


def test_a_dry_run_writes_nothing_but_the_rows_to_mend(office: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("姓名,手机\n孟庆兰,13800000000\n王秀英,138\n", "utf-8")
    result = run(tmp_path / "r.csv", "--dry-run", "--errors", tmp_path / "e.xlsx")
    assert result.exit_code == 1 and "会新增1人" in result.output
    assert (tmp_path / "e.xlsx").exists()
    assert not Person.objects.exists() and not RosterImport.objects.exists()


def test_columns_can_be_named_by_heading_or_number_and_left_out(office: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("谁,代号,手机\n孟庆兰,A1,138\n", "utf-8")
    result = run(tmp_path / "r.csv", "--columns", "谁=姓名, 2=staff_no, 手机=")
    assert result.exit_code == 0, result.output
    assert Person.objects.values("name", "staff_no", "phone").get() == {
        "name": "孟庆兰",
        "staff_no": "A1",
        "phone": "",
    }


def test_what_can_not_be_done_is_said(office: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("谁,手机\n孟庆兰,138\n", "utf-8")
    (tmp_path / "r.exe").write_bytes(b"MZ\x90\x00" + b"\0" * 300)
    file = tmp_path / "r.csv"
    assert "找不到" in refused(tmp_path / "nothing.xlsx").zh
    assert "文件夹" in refused(file, "--errors", tmp_path / "no" / "e.xlsx").zh
    assert "程序" in refused(tmp_path / "r.exe").zh
    assert "姓名" in refused(file).zh
    assert "谁、手机" in refused(file, "--columns", "他=name").zh
    assert "staff_no" in refused(file, "--columns", "谁=salary").en
    assert "待遇科" in refused(file, "--columns", "谁=name", "--office", "没有的科").zh
    assert not RosterImport.objects.exists()


def test_without_an_installation_it_says_what_to_do_first(db: None, tmp_path: Path) -> None:
    write_sample(tmp_path / "r.csv", 1)
    assert "huiyin init" in refused(tmp_path / "r.csv").zh
