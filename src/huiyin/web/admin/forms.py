"""Forms of the administration. They only read what was typed; what is missing or wrong the services say, at the fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs.models import Office
from huiyin.people.models import Role, Staff
from huiyin.web.ui import refusing

INDENT = "\u3000"


class Open(forms.ChoiceField):
    """A choice whose value the services check, so that their own sentence is shown."""

    def validate(self, value: Any) -> None:
        return None


class HouseForm(forms.Form):
    """A form with refusals in words; no field is required by the browser."""

    use_required_attribute = False

    def refuse(self, error: Refused) -> None:
        refusing.show(self, error)


def tree_choices(offices: Iterable[Office]) -> list[tuple[str, str]]:
    """Offices in use as choices, indented by their depth."""
    return [(str(office.pk), INDENT * depth_of(office) + office.name) for office in offices if office.is_active]


def depth_of(office: Office) -> int:
    """How deep an office stands in the tree; 0 for a root."""
    return office.path.count(".") - 1


class OfficeForm(HouseForm):
    """Name and what stands on letters and in the portal."""

    name = forms.CharField(label=_("名称"), required=False)
    kind = Open(label=_("性质"), choices=Office.Kind.choices, required=False)
    parent = Open(label=_("上级"), required=False)
    role = forms.ChoiceField(label=_("在信访工作中的身份"), choices=Office.Role.choices, required=False)
    letter_prefix = forms.CharField(label=_("发文机关代字"), help_text=_("文号里的字，例如“云供信”"), required=False)
    superior = forms.CharField(label=_("复查机关"), help_text=_("上一级机关、单位，写在处理意见书里"), required=False)
    phone = forms.CharField(label=_("电话"), required=False)
    address = forms.CharField(label=_("地址"), required=False)
    hours = forms.CharField(label=_("接待时间"), help_text=_("例如“周一到周五 9:00–17:00”"), required=False)

    def __init__(self, offices: Iterable[Office], data: Any = None, *, initial: Any = None, new: bool = True) -> None:
        super().__init__(data, initial=initial, auto_id="office-%s")
        self.fields["parent"].choices = [("", _("没有（最上面的单位）")), *tree_choices(offices)]  # type: ignore[attr-defined]
        if not new:
            del self.fields["kind"]

    @property
    def details(self) -> dict[str, str]:
        """Everything but the place in the tree; call after is_valid()."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("parent", "kind")}
        return {**given, "role": given["role"] or Office.Role.UNIT}

    @property
    def parent_id(self) -> int | None:
        return row_number(self.cleaned_data["parent"])


class StaffForm(HouseForm):
    """Who somebody is and where."""

    username = forms.CharField(
        label=_("账号"), help_text=_("2到40个字母、数字或汉字，登录用，以后不能改"), required=False
    )
    name = forms.CharField(label=_("姓名"), required=False)
    office = Open(label=_("所在科室"), required=False)
    phone = forms.CharField(label=_("办公电话"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    takes_intake = forms.BooleanField(
        label=_("接收网上来件"),
        required=False,
        help_text=_("网上来件先到这个人手里；没有指定的，到负责人或者接待员那里"),
    )

    def __init__(self, offices: Iterable[Office], data: Any = None, *, initial: Any = None, new: bool = True) -> None:
        super().__init__(data, initial=initial, auto_id="staff-%s")
        self.offices = {str(office.pk): office for office in offices if office.is_active}
        self.fields["office"].choices = [("", _("请选一个")), *tree_choices(self.offices.values())]  # type: ignore[attr-defined]
        if not new:
            del self.fields["username"]

    def clean_office(self) -> Office:
        office = self.offices.get(self.cleaned_data["office"])
        if office is None:
            raise forms.ValidationError(_("请选所在的科室。"))
        return office


class RolesForm(HouseForm):
    """The roles of an account."""

    roles = forms.MultipleChoiceField(
        label=_("岗位"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class PasswordForm(HouseForm):
    """A password that its owner changes at the first sign-in."""

    password = forms.CharField(
        label=_("首次密码"), strip=False, required=False, help_text=_("至少10个字符；本人第一次登录要换掉"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )  # fmt: skip


class SuccessorForm(HouseForm):
    """Who takes over the unregistered drafts of somebody."""

    successor = Open(label=_("谁来接手"), required=False)

    def __init__(self, people: Iterable[Staff], data: Any = None) -> None:
        super().__init__(data, auto_id="drafts-%s")
        options = [(str(one.pk), f"{one.name}　{one.office}") for one in people]
        self.fields["successor"].choices = [("", _("请选一位")), *options]  # type: ignore[attr-defined]


class NewStaffForm(StaffForm, RolesForm, PasswordForm):
    """A new account: who, where, which roles, the first password."""

    field_order = ("name", "username", "password", "office", "roles", "phone", "takes_intake")

    def clean(self) -> dict[str, Any]:
        """Names all that is still empty at once; one by one the services would."""
        empty = {"name": _("请写姓名。"), "username": _("请写账号。"), "password": _("请写首次密码。")}
        for name, sentence in empty.items():
            if not self.cleaned_data.get(name):
                self.add_error(name, sentence)
        return self.cleaned_data


class CalendarForm(HouseForm):
    """The rows of a calendar, as a file or as text that can be mended on the page, and the version's name."""

    version = forms.CharField(label=_("版本名"), help_text=_("例如“2027年国办通知”"), required=False)
    file = forms.FileField(label=_("CSV文件"), required=False)
    rows = forms.CharField(
        label=_("每行一天"), required=False, strip=False, max_length=200_000, help_text=_("第一行写列名：date,kind,name_zh,name_en；kind写rest（放假）或work（调休上班）"),
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
    )  # fmt: skip
