"""`huiyin deadline` as it is called from a shell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from huiyin.procedure.terms import TERMS


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huiyin", "deadline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def answer(*arguments: object) -> dict[str, Any]:
    ran = run(*arguments)
    assert (ran.returncode, ran.stderr) == (0, "")
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def refused(*arguments: object) -> str:
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.search(r"[\u4e00-\u9fff].*\n.*[A-Za-z]{3}", ran.stderr, re.DOTALL)
    assert "Traceback" not in ran.stderr
    return ran.stderr


def test_one_term_gives_one_json_object() -> None:
    told = answer("notice", "--from", "2026-02-03")
    assert {name: told[name] for name in told if name not in {"explanation", "source"}} == {
        "term": "notice",
        "from": "2026-02-03",
        "raw": "2026-02-18",
        "due": "2026-02-24",
        "internal_due": "2026-02-14",
        "provisional": False,
        "article": "第二十三条",
        "calendar": "2026-1",
    }
    assert "春节假期" in told["explanation"]["zh"]
    assert "Spring Festival" in told["explanation"]["en"]


def test_a_date_in_an_unpublished_year_is_provisional() -> None:
    assert answer("handle", "--from", "2026-12-02")["provisional"] is True


WRONG = [
    (("notice", "--from", "2026-02-30"), "没有“2026-02-30”这一天"),
    (("notice", "--from", "2003-12-31"), "2004"),
    (("notice", "--from", "9999-12-31"), "2099"),
    (("notice", "--from", "soon"), "不是日期"),
    (("notice", "--from", ""), "请写明期限和起算日"),
    (("telepathy", "--from", "2026-02-03"), "request-rereview"),
    (("notice",), "--from"),
    (("--from", "2026-02-03"), "请写明期限和起算日"),
    ((), "请写明期限和起算日"),
    (("notice", "object", "--from", "2026-02-03"), "命令没有写对"),
    (("notice", "--since", "2026-02-03"), "命令没有写对"),
    (("--csv", "/nowhere/at/all.csv"), "打不开文件"),
    (("--csv", "/"), "打不开文件"),
    (("notice", "--csv", __file__), "不能和TERM"),
    (("--csv", __file__), "缺少：term, from"),
    (("notice", "--from", "2026-02-03", "--calendar", __file__), "缺少：date, kind"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=range(len(WRONG)))
def test_wrong_input_is_refused_in_both_languages_with_exit_code_2(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_gives_one_object_a_line(tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "many.csv"
    rows = "".join(f"{code},2026-01-{day:02},备注\n" for day, code in enumerate(TERMS, 10))
    table.write_bytes(f"term,from,备注\n{rows}".encode(encoding))
    ran = run("--csv", table)
    assert (ran.returncode, ran.stderr) == (0, "")
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["term"] for one in told] == list(TERMS)
    assert told[0] == answer(told[0]["term"], "--from", told[0]["from"])


def test_wrong_rows_of_a_csv_are_named_the_others_are_computed_and_the_exit_code_is_1(tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    table.write_text(
        "from,term\n2026-02-03,notice\n2026-02-30,notice\n\n2026-02-03,𠮷\n1999-01-01,notice\n2026/9/18,Notice\n,\nnotice\n"
    )
    ran = run("--csv", table)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 1
    assert [one.get("row") for one in told] == [None, 3, 5, 6, None, 9]
    assert [one.get("due") for one in told] == ["2026-02-24", None, None, None, "2026-10-08", None]
    assert "𠮷" in told[2]["error"]["zh"]
    assert all(set(one["error"]) == {"zh", "en"} for one in told if "row" in one)


def test_an_imported_calendar_can_be_given(tmp_path: Path) -> None:
    days = tmp_path / "own.csv"
    days.write_text("date,kind,name_zh,name_en\n2026-03-17,rest,厂休,Works holiday\n", encoding="gb18030")
    told = answer("notice", "--from", "2026-03-02", "--calendar", days)
    assert (told["due"], told["calendar"]) == ("2026-03-18", "own.csv")
    assert "在厂休假期" in told["explanation"]["zh"]
    assert "Works holiday" in told["explanation"]["en"]


def test_a_wrong_calendar_is_refused_with_its_rows(tmp_path: Path) -> None:
    days = tmp_path / "own.csv"
    days.write_text("date,kind\n" + "2026-02-31,rest\n" * 12)
    said = refused("notice", "--from", "2026-03-02", "--calendar", days)
    assert "第2行" in said
    assert "还有2处" in said
    assert "and 2 more" in said


def test_a_picture_is_not_taken_for_a_table(tmp_path: Path) -> None:
    picture = tmp_path / "scan.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "这不是CSV文本文件" in refused("--csv", picture)


def test_it_starts_without_django_and_without_the_packages_that_the_data_came_from() -> None:
    code = (
        "import sys\nfor name in ('django', 'chinese_calendar', 'lunar_python'): sys.modules[name] = None\n"
        "sys.argv = ['huiyin', 'deadline', 'notice', '--from', '2026-02-03']\n"
        "from huiyin.__main__ import main\nmain()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["due"] == "2026-02-24"


def test_a_terminal_that_cannot_show_chinese_gets_escaped_json() -> None:
    command = [sys.executable, "-m", "huiyin", "deadline", "notice", "--from", "2026-02-03"]
    ran = subprocess.run(command, capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii"})
    assert json.loads(ran.stdout.decode("ascii"))["article"] == "第二十三条"


def test_help_is_given_in_both_languages() -> None:
    ran = run("--help")
    assert ran.returncode == 0
    assert "计算一个法定期限" in ran.stdout
    assert "Compute a statutory date" in ran.stdout
    assert "simple-accept" in ran.stdout
