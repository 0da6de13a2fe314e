"""How a name may be typed: in characters from any of them on, in pinyin, by initials, with or without the surname.

Surnames have readings of their own (单 shàn, 仇 qiú, 解 xiè), and two characters may be one surname (欧阳, 尉迟 yùchí).
Characters with more than one living reading are kept under each; one that no dictionary knows is left out of the pinyin.
ü is written v, as input methods do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, lazy_pinyin

from huiyin.kernel.typed import half_width, one_line

MOST_READINGS = 4
LONGEST_KEY = 80
LONGEST_SPLIT = 6

_SURNAMES = (  # data: surnames that are read in their own way, the commonest reading first
    """
单 shan|dan  仇 qiu  解 xie|jie  曾 zeng  查 zha|cha  区 ou|qu  朴 piao|pu  盖 ge|gai  召 shao|zhao  洗 xian|xi  冼 xian
乐 yue|le  牟 mou|mu  缪 miao|mou  翟 zhai|di  瞿 qu  覃 qin|tan  隗 wei|kui  祭 zhai|ji  繁 po|fan  秘 bi|mi  员 yun|yuan
黑 he|hei  盛 sheng  折 she|zhe  那 na  宁 ning  能 nai|neng  句 gou|ju  阚 kan  谌 chen|shen  柏 bai|bo  逄 pang
郗 xi|chi  乜 nie  郇 xun|huan  佴 nai|er  钭 tou  车 che  葛 ge  都 du|dou  宿 su  种 chong|zhong  重 chong|zhong  燕 yan
过 guo  应 ying  藏 zang|cang  强 qiang  薄 bo|bao  卜 bu  贲 ben|bi  费 fei|bi  贾 jia|gu  晁 chao  粘 nian|zhan  佘 she
亓 qi  逯 lu  行 xing|hang  呙 guo  仝 tong  尉 wei|yu  宓 mi|fu  谷 gu|yu  撒 sa  褚 chu|zhu  眭 sui  昝 zan
莘 shen|xin  沈 shen  长 chang|zhang  任 ren  华 hua  纪 ji  石 shi  訾 zi  俞 yu|shu  万 wan  洪 hong  尹 yin  吕 lv|lu
"""
)
_COMPOUND = (  # data: surnames of two characters, with the reading where it is not that of the characters
    """
欧阳 司马 上官 诸葛 司徒 夏侯 东方 公孙 轩辕 钟离 闻人 申屠 独孤 南宫 拓跋 端木 百里 呼延 西门 赫连 濮阳 闾丘
太史 太叔 仲孙 公冶 宗政 左丘 叔孙 皇甫 慕容 宇文 司空 东郭 南郭 第五 公羊 梁丘 令狐:linghu 尉迟:yuchi 万俟:moqi
澹台:tantai 长孙:zhangsun 单于:chanyu 鲜于:xianyu 淳于:chunyu 亓官:qiguan 乐正:yuezheng 宰父:zaifu 谷梁:guliang
"""
)
_GIVEN = (  # data: characters that are read in more than one way within given names
    """
乐 le|yue  重 zhong|chong  行 xing|hang  长 chang|zhang  茜 qian|xi  朝 chao|zhao  柏 bai|bo  晟 sheng|cheng  盛 sheng|cheng
露 lu|lou  娜 na|nuo  传 chuan|zhuan  曾 zeng|ceng  少 shao  和 he|huo  调 tiao|diao  藏 zang|cang
"""
)
_RARE = {"𠮷": "ji", "㐂": "xi", "𣸣": "shen"}  # data: characters of names that are in no pinyin dictionary


def _table(text: str) -> dict[str, tuple[str, ...]]:
    words = text.split()
    return {character: tuple(readings.split("|")) for character, readings in zip(words[::2], words[1::2], strict=True)}


SURNAMES = _table(_SURNAMES)
GIVEN = _table(_GIVEN)
COMPOUND = {word.partition(":")[0]: word.partition(":")[2] for word in _COMPOUND.split()}


@dataclass(frozen=True)
class Spelling:
    """A name for sorting (`pinyin`) and for finding (`keys`, without doubles, none longer than the column)."""

    pinyin: str
    initials: str
    keys: tuple[str, ...]


@lru_cache(maxsize=4096)
def spell(name: str) -> Spelling:
    """All the ways in which a name may be typed. Never fails; a name without any reading has an empty pinyin."""
    surname, given = split(name)
    readings = list(islice(product(_surname_readings(surname), _given_readings(given)), MOST_READINGS))
    keys = dict.fromkeys(_endings(name))
    for first, rest in readings:
        whole = first + rest
        keys |= dict.fromkeys(("".join(whole), "".join(rest), _initials(whole), _initials(rest)))
    main = [*readings[0][0], *readings[0][1]]
    kept = tuple(key[:LONGEST_KEY] for key in keys if len(key) > 1 or not key.isascii())
    return Spelling("".join(main)[:200], _initials(main), kept or tuple(filter(None, [typed_key(name)[:LONGEST_KEY]])))


def split(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; of any other the first word and the rest."""
    if not name or not _is_han(name[0]) or len(name) > LONGEST_SPLIT:
        first, _, rest = re.sub(r"[·•.]", " ", name).partition(" ")
        return first, rest
    length = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return name[:length], name[length:]


def typed_key(typed: str) -> str:
    """What was typed in the form in which keys are kept: lower case, no blanks, tones or apostrophes, v for ü."""
    plain = re.sub(r"[\s'’·•.\-]", "", half_width(typed)).lower()
    if plain.isascii() or any(_is_han(character) for character in plain):
        return plain.replace("lyu", "lv").replace("nyu", "nv")
    spread = unicodedata.normalize("NFD", plain.replace("ü", "v"))
    return "".join(c for c in re.sub("u([\u0300-\u036f]*)\u0308", "v", spread) if not unicodedata.combining(c))


def _endings(name: str) -> list[str]:
    """The name in characters, and each end of it that a person might type."""
    plain = typed_key(name)
    if len(plain) > LONGEST_SPLIT:
        return [plain, *(typed_key(part) for part in re.split(r"[\s·•.]", name)[1:])]
    return [plain] + [plain[start:] for start in range(1, len(plain)) if _is_han(plain[start])]


def _initials(syllables: list[str] | tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in syllables)


def _surname_readings(surname: str) -> list[tuple[str, ...]]:
    if surname in SURNAMES:
        return [(reading,) for reading in SURNAMES[surname]]
    if COMPOUND.get(surname):
        return [_syllables_of(COMPOUND[surname], surname)]
    return [_read(surname)]


def _syllables_of(joined: str, surname: str) -> tuple[str, ...]:
    """`yuchi` for 尉迟 as (yu, chi): the second character has its usual reading."""
    last = next((end for end in _read(surname[1]) if joined.endswith(end)), joined[2:])
    return (joined[: -len(last)], last)


def _given_readings(given: str) -> list[tuple[str, ...]]:
    usual = _read(given)
    doubtful = [character for character in given if character in GIVEN]
    if not doubtful or len(usual) != len(given):
        return [usual]
    ways = [
        tuple(dict.fromkeys((sound, *GIVEN.get(character, ())))) for sound, character in zip(usual, given, strict=True)
    ]
    return list(islice(product(*ways), MOST_READINGS))


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[str, ...]:
    """The usual syllables of a text; words in letters stay words, all else is left out."""
    known = "".join(_RARE.get(character, character) for character in one_line(text))
    parts = lazy_pinyin(known, style=Style.NORMAL, errors=_letters)  # type: ignore[arg-type]  # a list is taken too
    return tuple(part for part in parts if part)


def _letters(unknown: str) -> list[str]:
    """What is no Chinese character that the dictionary knows: its words, if they are made of letters."""
    spread = unicodedata.normalize("NFD", half_width(unknown).lower().replace("ü", "v"))
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain) or [""]


def _is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
