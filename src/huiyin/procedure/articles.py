"""Citations in both languages: 第三十一条第六项 is Art. 31(6) of the Regulations; other sources have their names here."""

from __future__ import annotations

import re

from huiyin.procedure.words import Words

REGULATIONS = Words("《信访工作条例》", "Regulations on Petition Work")
SIMPLE_MEASURES = Words("《信访事项简易办理办法》", "Measures for the Simple Handling of Petitions")
LAST_DAY_MOVES = Words("《民法典》第二百零三条", "Civil Code, Art. 203, by analogy")
ARCHIVES = Words("《档案法实施条例》", "Regulations Implementing the Archives Law")
ELDER_FRIENDLY = Words("工信厅信管函〔2021〕67号", "MIIT elder-friendly rules (2021, No. 67)")
AGENCY = Words("《民法典》第一百六十三条", "Civil Code, Art. 163")  # by authorisation and by law
END_OF_AGENCY = Words("《民法典》第一百七十三条", "Civil Code, Art. 173")
END_OF_GUARDIANSHIP = Words("《民法典》第一百七十五条", "Civil Code, Art. 175")
OWN_LIMIT = Words("本单位内部时限", "the unit's own time limit")
_OTHERS = {
    source.zh: source
    for source in (
        SIMPLE_MEASURES,
        LAST_DAY_MOVES,
        ARCHIVES,
        ELDER_FRIENDLY,
        AGENCY,
        END_OF_AGENCY,
        END_OF_GUARDIANSHIP,
        OWN_LIMIT,
    )
}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}


def cite(article: str) -> Words:
    """An article of the Regulations or another source, as the table writes it, with its English form."""
    parts = re.fullmatch(
        r"第([零一二三四五六七八九十]+)条(?:第[零一二三四五六七八九十]+款)?(?:第([零一二三四五六七八九十]+)项)?",
        article,
    )
    if not parts:
        return _OTHERS.get(article) or Words(article, article)
    point = f"({_number(parts[2])})" if parts[2] else ""
    return Words(article, f"Art. {_number(parts[1])}{point}")


def _number(numeral: str) -> int:
    tens, has_ten, ones = numeral.partition("十")
    if not has_ten:
        return _DIGITS[numeral]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
