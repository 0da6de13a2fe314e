"""Invented retired people for the demonstration, tests and measurements: the same ones for the same seed.

The numbers are well-formed and belong to nobody: region codes that were never given out (2317…, 2319…) and a mobile prefix
without subscribers (154). Some have no telephone, no ID number or rare characters in their names, as in real rosters.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from huiyin.documents.spreadsheets import write_table
from huiyin.people.ids import check_character
from huiyin.people.roster.columns import FIELDS

ON = date(2026, 3, 1)  # the day on which the sample is as old as it says
REGIONS = ("231701", "231722", "231723", "231725", "231901", "231922", "231924")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严单仇解查"  # data: surnames, one character each
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟")  # data: surnames of two characters
WOMEN = "秀兰英梅玉珍淑华桂芳凤霞丽娟红萍琴云月荣香菊莲翠素爱春雪艳敏静慧洁娜"  # data: characters of given names
MEN = "国建明德志文福永光忠军平安庆胜利长林海山树根宝金生辉强刚义东祥贵成学才"  # data: characters of given names
RARE = ("𠮷", "䶮", "喆", "堃", "彧", "赟", "祎")  # data: characters that few input methods offer
UNITS = (  # data: invented employers
    "云湖供电公司变电工区", "云湖供电公司输电工区", "云湖供电公司营销部", "云湖供电公司调度中心", "云湖供电公司修试所",
    "云湖供电公司物资公司", "南桥供电所", "北岭供电所", "东渡供电所", "云湖电力建设公司", "云湖电力技工学校", "云湖供电公司机关",
)  # fmt: skip
RANKS = ("", "", "", "工人", "技师", "高级技师", "科员", "副科级", "正科级", "副处级", "高级工程师")  # data: ranks
STREETS = ("湖滨路", "电厂街", "南桥巷", "新华路", "文化街", "北岭路", "渡口街")  # data: invented streets
LIVING = ("与配偶同住", "与子女同住", "独居", "养老机构", "")  # data: living situations
RELATIONS = ("女儿", "儿子", "配偶", "侄女")  # data: relations
LANGUAGES = ("普通话", "普通话", "普通话、东北话", "普通话、朝鲜语", "")  # data: languages
BRANCHES = ("第一党支部", "第二党支部", "第三党支部", "湖滨社区党支部", "")  # data: party branches
LOCAL, YES, NO = "云湖市", "是", "否"  # data: words of the sample
SEXES = {"male": "男", "female": "女"}  # data: words of the sample
CADRE, RETIRED, RESIGNED = "离休", "退休", "退职"  # data: words of the sample


def invented(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """That many people as rows of texts by field, no ID number or staff number twice."""
    chance = random.Random(seed)
    used: set[str] = set()
    for place in range(count):
        person = _person(chance, place)
        if person["id_number"] in used:
            person["id_number"] = ""
        used.add(person["id_number"])
        yield person


def write_sample(path: Path, count: int, *, seed: int = 1, encoding: str = "utf-8-sig") -> None:
    """Such people as a file: .csv in that encoding, anything else as .xlsx, with the Chinese headings."""
    fields = list(next(invented(1, seed=seed)))
    headings = [FIELDS[field].name.zh for field in fields]
    rows = (list(person.values()) for person in invented(count, seed=seed))
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as out:
            csv.writer(out).writerows([headings, *rows])
    else:
        write_table(path, headings, rows, text_columns=headings)


def _person(chance: random.Random, place: int) -> dict[str, str]:
    sex = chance.choice(("male", "female"))
    born_on = ON - timedelta(days=int(chance.triangular(55, 97, 68) * 365.25))
    kind = CADRE if born_on.year < 1933 else RESIGNED if chance.random() < 0.01 else RETIRED
    away = chance.random() < 0.08
    person = {
        "staff_no": f"YH{place + 1:06d}",
        "name": _name(chance, sex),
        "sex": SEXES[sex],
        "id_number": _id_number(chance, born_on, sex) if chance.random() < 0.98 else "",
        "born_on": born_on.isoformat(),
        "phone": _phone(chance),
        "kind": kind,
        "former_unit": chance.choice(UNITS),
        "rank": chance.choice(RANKS),
        "retired_on": _retired_on(born_on, 50 if sex == "female" else 60),
        "address": f"{LOCAL}{chance.choice(STREETS)}{chance.randint(1, 260)}-{chance.randint(1, 6)}-{chance.randint(101, 1804)}",
        "lives_elsewhere": YES if away else NO,
        "living": chance.choice(LIVING),
        "party_branch": chance.choice(BRANCHES),
        "languages": chance.choice(LANGUAGES),
    }
    return person | _contact(chance, person)


def _retired_on(born_on: date, age: int) -> str:
    """The first of the month of that birthday, or five years earlier for those who have not reached it."""
    usual = date(born_on.year + age, born_on.month, 1)
    return (usual if usual <= ON else usual.replace(year=usual.year - 5)).isoformat()


def _contact(chance: random.Random, person: Mapping[str, str]) -> dict[str, str]:
    if chance.random() < 0.3:
        return {"contact_name": "", "contact_relation": "", "contact_phone": ""}
    surname = person["name"][:1]
    name = surname + "".join(chance.choices(WOMEN + MEN, k=2))
    return {"contact_name": name, "contact_relation": chance.choice(RELATIONS), "contact_phone": _mobile(chance)}


def _name(chance: random.Random, sex: str) -> str:
    surname = chance.choice(COMPOUND) if chance.random() < 0.01 else chance.choice(SURNAMES)
    given = chance.choices(WOMEN if sex == "female" else MEN, k=2 if chance.random() < 0.85 else 1)
    if chance.random() < 0.005:
        given[-1] = chance.choice(RARE)
    return surname + "".join(given)


def _id_number(chance: random.Random, born_on: date, sex: str) -> str:
    sequence = chance.randrange(500) * 2 + (1 if sex == "male" else 0)
    digits = f"{chance.choice(REGIONS)}{born_on:%Y%m%d}{sequence:03d}"
    return digits + check_character(digits)


def _phone(chance: random.Random) -> str:
    which = chance.random()
    if which < 0.08:
        return ""
    return f"0700-{chance.randint(2_000_000, 8_999_999)}" if which < 0.15 else _mobile(chance)


def _mobile(chance: random.Random) -> str:
    return f"154{chance.randrange(10**8):08d}"
