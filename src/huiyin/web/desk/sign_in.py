"""Signing in and out, and one's own password.

Attempts are limited, whether or not there is such a name, so that nobody can keep others out: for a name from one address
(its owner signs in from another one), for an address, and for a name from everywhere – these two only brake and are over
after a minute. Signing in with success is no attempt: a whole office may share an address. Nothing locks an account for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.kernel import clock, limits
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width
from huiyin.people import services
from huiyin.web.ui.access import address, public, staff_page
from huiyin.web.ui.preferences import safe_next

QUARTER, MINUTE = timedelta(minutes=15), timedelta(minutes=1)
NAME_AND_ADDRESS, ADDRESS, NAME = (10, QUARTER), (60, MINUTE), (30, MINUTE)

Counted = tuple[str, str, tuple[int, timedelta]]  # what is counted, of whom, how many in which time


class SignInForm(AuthenticationForm):
    """Name and password; says the same whether the name or the password was wrong."""

    use_required_attribute = False
    username = forms.CharField(
        label=gettext_lazy("账号"), max_length=100, widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages={"required": gettext_lazy("请写账号。")},
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("密码"), strip=False, widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("请写密码。")},
    )  # fmt: skip
    error_messages = {
        "invalid_login": gettext_lazy("账号或密码不对。看看大写键和输入法，再试一次；忘了密码，请找安全管理员重设。"),
        "inactive": gettext_lazy("这个账号已停用，请找安全管理员。"),
    }

    def clean_username(self) -> str:
        return half_width(self.cleaned_data["username"]).lower()

    def clean(self) -> dict[str, Any]:
        name, now = self.cleaned_data.get("username", ""), clock.now()
        counted = _counted(name, address(self.request) if self.request else "") if name else ()
        if window := _too_often(counted, now):
            minutes = window // MINUTE
            raise forms.ValidationError(_("试得太多了。请过{n}分钟再试，或者找安全管理员重设密码。").format(n=minutes))
        cleaned = super().clean()
        if self.get_user() is not None:
            for scope, who, (_most, window) in counted:
                limits.take_back(scope, who, now=now, window=window)
        return cleaned


def _counted(name: str, source: str) -> tuple[Counted, ...]:
    return (
        ("sign-in", f"{name}|{source}", NAME_AND_ADDRESS),
        ("sign-in-from", source, ADDRESS),
        ("sign-in-as", name, NAME),
    )


def _too_often(counted: tuple[Counted, ...], now: datetime) -> timedelta | None:
    """How long to wait at most, None if not at all. What is refused here counts no further."""
    over = (
        window
        for scope, who, (most, window) in counted
        if not limits.within(scope, who, now=now, most=most, window=window)
    )
    return next(over, None)


class SignIn(LoginView):
    """The sign-in page; comes back to where one wanted to go."""

    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


sign_in = public(SignIn.as_view())  # type: ignore[arg-type]
sign_out = public(LogoutView.as_view(http_method_names=["post", "options"]))  # type: ignore[arg-type]


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    use_required_attribute = False
    old = forms.CharField(label=gettext_lazy("现在的密码"), strip=False, widget=forms.PasswordInput)
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        widget=forms.PasswordInput,
        help_text=gettext_lazy("至少10个字符，不要用常见的"),
    )
    again = forms.CharField(label=gettext_lazy("再写一遍新密码"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("这一栏要写。")

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两遍写得不一样，请再写一遍。"))
        return str(self.cleaned_data["again"])


@staff_page("desk")
def password(request: HttpRequest) -> HttpResponse:
    """One's own password: at will, and before anything else where it was given by somebody else."""
    form = PasswordForm(request.POST if request.method == "POST" else None, auto_id="password-%s")
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("密码换好了，下次用新的。"))
        return HttpResponseRedirect(safe_next(request, "/desk/"))
    must = request.user.must_change_password  # type: ignore[union-attr]
    return render(request, "desk/password.html", {"form": form, "must": must, "next": request.GET.get("next", "")})


def _changed(request: HttpRequest, form: PasswordForm) -> bool:
    given = form.cleaned_data
    try:
        services.change_password(staff=request.user, old=given["old"], new=given["new"], now=clock.now())  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.say(get_language() or "zh"))
        return False
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
    return True
