"""The requests of a matter and what is answered to each, in the words of the article that fits.

A complaint or request ends in one of the three outcomes of Art. 32; a suggestion is adopted, adopted in part or not (Art. 29);
a mere question is answered, and no article sorts that. Keys: text, result (`SAYS`), opinion, basis [text], ground (facts | rules |
both) for what is not supported; without it, in the full words of Art. 32(3).
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from dataclasses import dataclass

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block
from ..wording import ended, numeral

OF_PLEAS = frozenset({"support", "explain", "reject"})
ITEM = {"support": "第一项", "explain": "第二项", "reject": "第三项"}
OUTCOME = {"support": "予以支持", "explain": "作出解释说明", "reject": "不予支持"}
SUGGESTION = {
    "adopt": "建议科学合理、具有现实可行性。依照《信访工作条例》第二十九条，予以采纳",
    "adopt_partly": "建议中有科学合理、具有现实可行性的内容。依照《信访工作条例》第二十九条，予以部分采纳",
    "decline": "建议，本单位依照《信访工作条例》第二十九条进行了研究论证，没有采纳",
}
SAYS = {
    "support": "支持您的请求。",
    "explain": "您的请求有道理，但没有规定可依。",
    "reject": "您的请求，我们不能支持。",
    "answer": "您问的事，我们答复您。",
    "adopt": "您的建议，我们采纳。",
    "adopt_partly": "您的建议，我们采纳一部分。",
    "decline": "您的建议，这次没有采纳。",
}
SAYS_EACH = {
    "support": "支持。", "explain": "有道理，但没有规定可依。", "reject": "不能支持。", "answer": "", "adopt": "采纳。",
    "adopt_partly": "采纳一部分。", "decline": "没有采纳。",
}  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One request and its outcome."""

    text: str
    result: str
    opinion: str
    basis: tuple[str, ...]
    ground: str

    def decision(self, whose: str) -> str:
        """Reason, article, outcome and what it means, as one paragraph; `whose` (您的, 该) opens it."""
        return f"{self._opening(whose)}：{ended(self.opinion)}"

    def _opening(self, whose: str) -> str:
        if self.result == "answer":
            return f"{whose if whose == '您的' else '该项'}询问{self._source('依据')}，现答复如下"
        if self.result in SUGGESTION:
            return f"{whose}{SUGGESTION[self.result]}{self._source('有关规定')}"
        source = self._source("有关规定") if self.result == "reject" and self.ground == "facts" else ""
        return f"{whose}{self._reason}{source}。依照《信访工作条例》第三十二条第一款{ITEM[self.result]}，{OUTCOME[self.result]}"

    @property
    def _reason(self) -> str:
        """Why the outcome is what it is, in the words of Art. 32 for that outcome."""
        rules = "、".join(self.basis)
        if self.result == "support":
            return f"请求事实清楚，符合{rules}的规定"
        if self.result == "explain":
            return f"请求事由合理，但对照{rules}，缺乏法律依据"
        return {
            "facts": "请求缺乏事实根据",
            "rules": f"请求不符合{rules}的规定",
            "both": f"请求缺乏事实根据，也不符合{rules}的规定",
        }.get(self.ground, f"请求缺乏事实根据或者不符合{rules}的规定")

    def _source(self, label: str) -> str:
        return f"（{label}：{'、'.join(self.basis)}）" if self.basis else ""


def read(fields: Fields, known: frozenset[str]) -> list[Claim]:
    """The claims of a snapshot with one of the `known` results each; what is missing is noted in `fields`."""
    return [_claim(part, known) for part in fields.parts("claims", Words("投诉请求", "the claims"))]


def _claim(part: Fields, known: frozenset[str]) -> Claim:
    result = part.text("result")
    part.check(
        result in known,
        Words("每项请求的结果（支持、解释说明或者不支持）", "the outcome of each claim (support, explain or reject)")
        if "support" in known
        else Words("每项的答复结果", "the outcome of each point"),
    )
    basis = Words("处理意见的法律法规依据", "the legal basis of the decision") if result in OF_PLEAS else None
    return Claim(
        part.text("text", Words("投诉请求的内容", "the words of the claim")),
        result,
        part.text("opinion", Words("每项请求的处理意见", "the decision on each claim")),
        tuple(part.texts("basis", basis)),
        part.text("ground"),
    )


def requests(claims: list[Claim]) -> list[Block]:
    """What was asked for, numbered where it is more than one thing."""
    if len(claims) == 1:
        return [Block(ended(claims[0].text))]
    return [Block(f"{place}.{ended(claim.text)}") for place, claim in enumerate(claims, 1)]


def decisions(claims: list[Claim], noun: str) -> list[Block]:
    """The answer to each; `noun` names what is numbered (请求, 建议)."""
    if len(claims) == 1:
        return [Block(claims[0].decision("您的"))]
    return [
        Block(claim.decision("该"), lead=f"（{numeral(place)}）关于第{place}项{noun}。")
        for place, claim in enumerate(claims, 1)
    ]


def facts(fields: Fields) -> list[Block]:
    """What was found, under its headings where it has some."""
    words = Words("事实和理由", "the facts and reasons")
    if isinstance(fields.data.get("facts"), str):
        return [Block(line) for line in fields.text("facts", words).splitlines() if line.strip()]
    blocks: list[Block] = []
    for place, part in enumerate(fields.parts("facts", words), 1):
        heading, text = part.text("heading"), part.text("text", words)
        first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [""]
        blocks += [Block(first, lead=f"（{numeral(place)}）{heading}。" if heading else ""), *map(Block, rest)]
    return blocks


def answer(claims: list[Claim]) -> Answer:
    """The outcome in plain words."""
    if len(claims) == 1:
        return Answer(SAYS[claims[0].result], ended(claims[0].opinion))
    each = "\n".join(
        f"第{numeral(place)}件，{SAYS_EACH[claim.result]}{ended(claim.opinion)}"
        for place, claim in enumerate(claims, 1)
    )
    return Answer(f"您提的{len(claims)}件事，我们一件一件答复。", each)
