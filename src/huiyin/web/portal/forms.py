"""The forms of the portal. They read what was typed and say kindly what is missing; what the rooms below refuse is shown at its field.

Everything about the person is optional (letters without a sender are lawful); only what the chosen way of answering needs is asked for.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.cases import filing
from huiyin.cases.facts import tidy
from huiyin.cases.models import Case, Petitioner
from huiyin.kernel.errors import Invalid, Refused

LONGEST_COMMENT = 5000
LONGEST_ADDITION = 20000
WHO = [("self", _("自己的事")), ("other", _("替别人办"))]
REPLY_BY = [
    ("phone", _("打电话")),
    ("letter", _("寄信")),
    ("message", _("发短信")),
    ("", _("不用，我自己来查")),
]
RATINGS = [
    ("satisfied", _("满意")),
    ("mostly", _("基本满意")),
    ("dissatisfied", _("不满意")),
    ("", _("不评这项")),
]


class Words(forms.CharField):
    """What somebody wrote, as it was written: any character, any length up to `most`; only control characters go."""

    def __init__(self, *, most: int, one_line: bool = False, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)
        self.most, self.one_line = most, one_line

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value), one_line=self.one_line)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            sentence = _("最多写{most}个字，现在有{count}个字。写的都还在，请删短一些。")
            raise forms.ValidationError(sentence.format(most=self.most, count=len(value)))


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several uploads, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [
            upload for upload in (data if isinstance(data, list) else [data]) if upload is not None and upload != ""
        ]


class Choice(forms.ChoiceField):
    """One of a few; anything else counts as the first choice left alone."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices=choices, required=False, widget=forms.RadioSelect, **options)

    def validate(self, value: Any) -> None:
        if not self.valid_value(value):
            raise forms.ValidationError(_("请在这几项里选一项。"))


class Undecided(forms.RadioSelect):
    """Choices of which none is marked before somebody marks one, also where one of them has no value."""

    def format_value(self, value: Any) -> list[str]:
        return [] if value is None else super().format_value(value)


class PlainForm(forms.Form):
    """A form whose refusals from below are shown at their fields, or on top."""

    use_required_attribute = False

    def refuse(self, error: Refused) -> None:
        for name, each in (error.errors if isinstance(error, Invalid) else {error.field: error}).items():
            self.add_error(name if name in self.fields else None, each.say(get_language() or "zh"))


class WhatForm(PlainForm):
    """Screen 1; `earlier` is the answered matter to which this brings new facts."""

    text = Words(most=filing.LONGEST_TEXT, widget=forms.Textarea(attrs={"data-keep": "file-what"}))

    def __init__(self, *args: Any, earlier: Case | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.earlier = earlier
        if earlier:  # what the browser keeps of another matter never comes up here
            self.fields["text"].widget.attrs["data-keep"] = f"new-facts-{earlier.no}"

    @property
    def in_summary(self) -> dict[str, Any]:
        """What the list on top says instead of the field's own sentence."""
        return {"text": _("请说说发生了什么事")} if not tidy(self.data.get("text", "")) else {}

    def clean_text(self) -> str:
        if not self.cleaned_data["text"]:
            raise forms.ValidationError(_("这里还空着。写一两句就行，说不全也没关系。"))
        return str(self.cleaned_data["text"])


class WithPapers(PlainForm):
    """A form that takes papers. Why one was refused is said once, at the papers; the list on top only leads there."""

    @property
    def in_summary(self) -> dict[str, Any]:
        """What the list on top says instead of the field's own sentences."""
        return {"files": _("看是哪一份、为什么")}


class PapersForm(WithPapers):
    """Screen 2."""

    files = Files(required=False)  # type: ignore[assignment]


class YouForm(PlainForm):
    """Screen 3. Whoever wrote `before`, under the same name, may leave empty what was left then."""

    who = Choice(WHO, initial="self")
    name = Words(most=60, one_line=True)
    acts_for = Words(most=60, one_line=True)
    phone = Words(most=60, one_line=True)
    address = Words(most=200, one_line=True)
    reply_by = Choice(REPLY_BY)
    large_print = forms.BooleanField(required=False, label=_("寄给我的信，用大字印"))

    def __init__(self, *args: Any, before: Petitioner | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.before = before
        self.fields["reply_by"].widget = Undecided(choices=REPLY_BY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "reply_by" not in self.data:
            data["reply_by"] = self._nearest(self._known(data))
        for field, sentence in self._missing(data):
            if not self._known(data).get(field) and field not in self.errors:
                self.add_error(field, sentence)
        try:
            filing.check_person(data)
        except Refused as refused:
            self.refuse(refused)
        return data

    def _known(self, data: dict[str, Any]) -> dict[str, Any]:
        """What was typed, with what was left before."""
        return filing.person_of(data, self.before)

    def _nearest(self, data: dict[str, Any]) -> str:
        """How to answer whoever left that open: by what they left us."""
        return "phone" if data.get("phone") else "letter" if data.get("address") else ""

    def _missing(self, data: dict[str, Any]) -> list[tuple[str, Any]]:
        """What the chosen way of answering needs."""
        way = data.get("reply_by")
        if way in ("phone", "message"):
            return [("phone", _("要我们打电话、发短信，请写电话。不想留电话，就选“寄信”或者“我自己来查”。"))]
        return [("address", _("要我们寄信，请写地址。不想留地址，就选别的办法。"))] if way == "letter" else []


class CheckForm(PlainForm):
    """Screen 4."""

    title = Words(most=filing.LONGEST_TITLE, one_line=True)


class CodeForm(PlainForm):
    code = Words(most=200, one_line=True)


class FactForm(PlainForm):
    fact = Words(most=200, one_line=True)


class AddForm(WithPapers):
    """Adding to a matter. `key` makes a second press harmless; `kept` holds the papers that are already here."""

    words = Words(most=LONGEST_ADDITION, widget=forms.Textarea)
    files = Files(required=False)  # type: ignore[assignment]


class RateForm(PlainForm):
    """The four aspects; not rating is preselected, so that leaving out needs nothing."""

    reception = Choice(RATINGS, initial="", label=_("接待"))
    handling = Choice(RATINGS, initial="", label=_("办理"))
    procedure = Choice(RATINGS, initial="", label=_("过程"))
    result = Choice(RATINGS, initial="", label=_("结果"))
    comment = Words(most=LONGEST_COMMENT, widget=forms.Textarea)
    call_me = forms.BooleanField(required=False, label=_("请打电话给我，我还有话说"))


class ReviewForm(PlainForm):
    """What is asked of the unit above, and why."""

    request = Words(most=LONGEST_ADDITION, widget=forms.Textarea)

    def clean_request(self) -> str:
        if not self.cleaned_data["request"]:
            raise forms.ValidationError(_("请说说哪一项不同意、为什么，一两句就行。"))
        return str(self.cleaned_data["request"])


class OwnPartForm(PlainForm):
    """One of several takes back their own part: who they are, as they are on record."""

    name = Words(most=60, one_line=True)
    tail = Words(most=200, one_line=True)
    reason = Words(most=1000, widget=forms.Textarea)


class TakeBackForm(PlainForm):
    reason = Words(most=1000, widget=forms.Textarea)
