"""Drafting the opinion (Art. 32): each request with its result, reason and rule, beside the letter as it will read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.cases import claims, letter_files, previews
from huiyin.documents.letters.wording import said as said_date
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import row_number
from huiyin.procedure.actions import Choice
from huiyin.procedure.editions.forms_2022 import GROUNDS, RESULTS, RESULTS_FOR
from huiyin.procedure.editions.guards_2022 import OUTCOMES_OF_ART_32, is_plea, nature
from huiyin.procedure.editions.money_2022 import PAYS
from huiyin.web.desk import effects
from huiyin.web.desk.sheets import Sheet
from huiyin.web.ui.time_parts import said

MOST_CLAIMS = 50
KEPT = ("of", "text", "result", "reason", "basis", "ground", "money", "amount")
PARTS = ("text", "result", "reason", "basis", "ground", "money", "amount")


class ClaimForm(forms.Form):
    """One request and its answer; which results may be chosen depends on the kind of the matter."""

    use_required_attribute = False

    def __init__(self, number: int, kind: str, data: Any = None, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial or {}, prefix=f"claim-{number}", auto_id="%s")
        self.number, self.has_grounds = number, kind == "plea"
        results = [choice for choice in RESULTS if choice.code in RESULTS_FOR[kind]]
        self.fields["of"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["text"] = _words(_("诉求"), 2)
        self.fields["result"] = _one_of(_("结果"), results, _how_to_choose(kind) if number == 1 else "")
        self.fields["reason"] = _words(_("说明"), 3)
        self.fields["basis"] = _words(_("依据"), 1, help_text=_("几条依据用“；”隔开"))
        self.fields["ground"] = _one_of(_("为什么"), GROUNDS, _("不支持才选") if number == 1 else "")
        self.fields["money"] = _one_of(
            _("付钱吗"), PAYS, _("支持才选；要付钱的，附上付款凭证才算办到") if number == 1 else ""
        )
        self.fields["amount"] = _words(_("金额"), 1, help_text=_("知道就写，如：2380元"))

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, sent or not."""
        return {name: str(self[name].value() or "").strip() for name in PARTS}

    def demand(self) -> None:
        """Marks what Art. 32 still asks of this answer."""
        self.full_clean()
        asked = {"text": _("请写明是哪项诉求。"), "result": _("请选一项结果。"), "reason": _("请写明理由。")}
        if self.typed["result"] in {"", *OUTCOMES_OF_ART_32}:
            asked["basis"] = _("请写明依据或者对照的规定。")
        if self.typed["result"] == "not_supported":
            asked["ground"] = _("请选不支持的理由。")
        if self.typed["result"] == "supported":
            asked["money"] = _("请选要不要付钱。")
        for name, words in asked.items():
            if not self.typed[name] and name not in self.errors:
                self.add_error(name, words)

    def told(self, number: int) -> dict[str, str]:
        """What is still missing, by field, with the number that the request has on the page."""
        return {
            name: _("诉求{number}：{error}").format(number=number, error=each[0]) for name, each in self.errors.items()
        }


def _numbered(answers: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [answer | {"of": row_number(answer["of"])} for answer in answers]


def _one_of(label: str, options: Iterable[Choice], help_text: str) -> forms.ChoiceField:
    rows = [(choice.code, said(choice.name)) for choice in options]
    return forms.ChoiceField(label=label, choices=rows, widget=forms.RadioSelect, required=False, help_text=help_text)


def _how_to_choose(kind: str) -> str:
    if kind != "plea":
        return ""
    return _("有规定可依：支持；有道理、没有规定可依：解释说明；没有事实根据或者不合规定：不支持；只是询问情况：答复")


def _words(label: str, rows: int, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, required=False, strip=False, widget=widget, help_text=help_text)


class OpinionSheet(Sheet):
    """The step `draft` with its own page: requests at the left, the paper at the right."""

    template = "desk/opinion.html"

    def build_form(self) -> Any:
        form = super().build_form()
        self.claims = self._claims()
        return form

    def initial(self) -> dict[str, Any]:
        before = super().initial() or self._drafted_before()
        superior = previews.superior_of(self.case) if is_plea(self.case.marks) else ""
        return {"superior": superior} | {name: value for name, value in before.items() if value}

    def _drafted_before(self) -> dict[str, Any]:
        """The last draft, where it was returned for changes; at first, what the investigation found."""
        events = list(self.case.events.all())
        drafts = [event for event in events if event.action == "draft"]
        found = [str(event.facts.get("found", "")) for event in events if event.action == "investigate"]
        return dict(drafts[-1].facts) if drafts else {"facts": "\n".join(found)}

    def _claims(self) -> list[ClaimForm]:
        typed = self.request.POST if self.sent else (self.kept_before[0] if self.kept_before else {})
        if any(name.startswith("claim-") for name in typed):
            numbers = sorted(
                {
                    int(name.split("-")[1])
                    for name in typed
                    if name.startswith("claim-") and name.split("-")[1].isdigit()
                }
            )
            forms_ = [self._claim(number, typed) for number in numbers[:MOST_CLAIMS]]
        else:
            known = claims.standing(self.case.events.all())
            forms_ = [ClaimForm(number, self.kind, initial=claim) for number, claim in enumerate(known, start=1)]
        if self.request.POST.get("add") or not forms_:
            forms_.append(ClaimForm(max((form.number for form in forms_), default=0) + 1, self.kind))
        return forms_

    @property
    def kind(self) -> str:
        """The kind of the matter: plea, suggestion or enquiry."""
        return nature(self.case.marks)

    def _claim(self, number: int, typed: Any) -> ClaimForm:
        if self.sent:
            return ClaimForm(number, self.kind, data=typed)
        return ClaimForm(number, self.kind, initial={name: typed.get(f"claim-{number}-{name}", "") for name in KEPT})

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The requests are kept all together, or not at all where nothing was changed in them."""
        claims = {name: value for name, value in typed.items() if name.startswith("claim-")}
        rest = super().own({name: value for name, value in typed.items() if name not in claims})
        return rest if self._stand(claims) else rest | claims

    def _stand(self, typed: dict[str, Any]) -> bool:
        known = enumerate(claims.standing(self.case.events.all()), start=1)
        stored = {f"claim-{n}-{name}": str(claim.get(name, "")) for n, claim in known for name in KEPT}
        return {name: value.strip() for name, value in typed.items() if value.strip()} == {
            name: value.strip() for name, value in stored.items() if value.strip()
        }

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"claims": self.answers()}

    def answers(self) -> list[dict[str, str]]:
        """The requests that have words, with their answers as typed, and which registered one each answers."""
        return [claim.typed | {"of": str(claim["of"].value() or "")} for claim in self.claims if claim.typed["text"]]

    def refuse(self, refused: Refused) -> None:
        errors = refused.errors if isinstance(refused, Invalid) else {refused.field: refused}
        for claim in self.claims:
            if any(claim.typed.values()) or len(self.claims) == 1:
                claim.demand()
        if any(claim.errors for claim in self.claims):  # each gap is named at its place
            errors = {name: error for name, error in errors.items() if name != "claims"}
        if errors:
            super().refuse(Invalid(errors))

    def gaps(self) -> list[Any]:
        """The requests, each gap with the request's number, then the rest of the form."""
        counted = enumerate(self.claims, start=1)
        return [each for number, claim in counted for each in (claim, claim.told(number))] + super().gaps()

    def current(self) -> dict[str, Any]:
        """The facts as they stand on the page, sent or only opened."""
        if self.sent:
            return self.facts()
        return {name: self.form[name].value() or "" for name in self.form.fields} | {"claims": self.answers()}

    def checklist(self) -> list[tuple[str, bool]]:
        """What Art. 32 asks for, and whether it is there."""
        facts = self.current()
        answers = facts["claims"]
        checks = [
            (_("投诉请求"), bool(answers)),
            (_("登记的诉求一项不少，少的写明原因"), self._none_left_out(facts)),
            (_("事实和理由"), bool(str(facts.get("facts") or "").strip())),
            (_("每项都有结果"), bool(answers) and all(answer["result"] for answer in answers)),
            (_("每项都有说明"), bool(answers) and all(answer["reason"] for answer in answers)),
        ]
        return checks + (self._checks_of_pleas(facts) if self.kind == "plea" else [])

    def _none_left_out(self, facts: dict[str, Any]) -> bool:
        found = claims.known({"left_out": "", "claims": _numbered(facts["claims"])}, self.case.events.all())
        return not found["omitted"] or bool(str(facts.get("left_out") or "").strip())

    def _checks_of_pleas(self, facts: dict[str, Any]) -> list[tuple[str, bool]]:
        answers = facts["claims"]
        based = [answer["basis"] for answer in answers if answer["result"] != "answered"]
        refused = [answer["ground"] for answer in answers if answer["result"] == "not_supported"]
        promised = [answer["money"] for answer in answers if answer["result"] == "supported"]
        return [
            (_("每项都有依据"), bool(answers) and all(based)),
            *([(_("不支持的写明理由"), all(refused))] if refused else []),
            *([(_("支持的写明要不要付钱"), all(promised))] if promised else []),
            (_("复查机关和30日的期限"), bool(str(facts.get("superior") or "").strip())),
        ]

    def context(self) -> dict[str, Any]:
        checks = self.checklist()
        letter = previews.opinion(self.case, self.current(), now=self.moment)
        return super().context() | {
            "claims": self.claims,
            "checks": checks,
            "missing": [words for words, there in checks if not there],
            "letter": letter,
            "letter_date": said_date(letter.date) if letter else "",
            "unprintable": effects.unprintable(letter.text) if letter else "",
            "asked_by": _("第三十二条要求的内容") if self.kind == "plea" else _("答复要写的内容"),
        }

    def paper(self) -> bytes:
        """The letter as PDF, as it would be issued but for its number. Raises Refused naming what is missing."""
        return letter_files.proof_sheet(previews.finished_opinion(self.case, self.current(), now=self.moment))
