"""Writes the shipped calendar: official days 2004–2026, and the statutory festivals of 2027–2032 as assumptions.

Official days come from the chinesecalendar package (the State Council's yearly notices). For later years only the days
of 全国年节及纪念日放假办法 (as amended for 2025) are known: no make-up days, nothing moved off a weekend.
Run `python scripts/calendar_data.py`; the file changes only when a package or this script does.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar.constants import holidays, workdays
from lunar_python import Lunar, Solar

TARGET = Path(__file__).parents[1] / "src/huiyin/procedure/calendars/days.csv"
COLUMNS = ("date", "kind", "name_zh", "name_en", "source")
PROVISIONAL_YEARS = range(2027, 2033)
FESTIVALS = {
    "New Year's Day": ("元旦", "New Year"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明节", "Qingming Festival"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午节", "Dragon Boat Festival"),
    "National Day": ("国庆节", "National Day"),
    "Mid-autumn Festival": ("中秋节", "Mid-Autumn Festival"),
    "Anti-Fascist 70th Day": ("抗战胜利纪念日", "Victory Day"),
}
Row = tuple[str, str, str, str, str]


def _solar(lunar: Lunar) -> date:
    solar = lunar.getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _qingming(year: int) -> date:
    solar = Solar.fromYmd(year, 4, 1).getLunar().getJieQiTable()["清明"]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def statutory_days(year: int) -> dict[date, list[str]]:
    """The festival names of each statutory day off in that year (13 days, two may fall together)."""
    first = _solar(Lunar.fromYmd(year, 1, 1))
    spans = [
        ("New Year's Day", date(year, 1, 1), 1),
        ("Spring Festival", first - timedelta(days=1), 4),
        ("Tomb-sweeping Day", _qingming(year), 1),
        ("Labour Day", date(year, 5, 1), 2),
        ("Dragon Boat Festival", _solar(Lunar.fromYmd(year, 5, 5)), 1),
        ("National Day", date(year, 10, 1), 3),
        ("Mid-autumn Festival", _solar(Lunar.fromYmd(year, 8, 15)), 1),
    ]
    days: dict[date, list[str]] = {}
    for name, start, length in spans:
        for offset in range(length):
            days.setdefault(start + timedelta(days=offset), []).append(name)
    return days


def _official_rows() -> list[Row]:
    rows: list[Row] = []
    for day, festival in holidays.items():
        zh, en = FESTIVALS[festival]
        rows.append((day.isoformat(), "rest", zh, en, "notice"))
    for day, festival in workdays.items():
        zh, en = FESTIVALS[festival]
        rows.append((day.isoformat(), "work", f"{zh}调休", f"in exchange for {en}", "notice"))
    return rows


def _provisional_rows() -> list[Row]:
    rows: list[Row] = []
    for year in PROVISIONAL_YEARS:
        for day, names in statutory_days(year).items():
            zh = "、".join(FESTIVALS[name][0] for name in names)
            en = " and ".join(FESTIVALS[name][1] for name in names)
            rows.append((day.isoformat(), "rest", zh, en, "statute"))
    return rows


def as_csv() -> str:
    """The whole file: a header and one row a day, in order of date."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(_official_rows() + _provisional_rows()))
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_text(as_csv(), encoding="utf-8")
    print(TARGET)
