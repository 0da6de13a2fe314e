"""One's own tokens for the API: issued by their owner alone, who types the password again, and shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.people import accounts, services
from huiyin.web.desk.found import found
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page


class TokenForm(forms.Form):
    """What a token is for, and the password of whoever asks for it."""

    use_required_attribute = False
    label = forms.CharField(label=gettext_lazy("给什么用"), max_length=60, required=False)
    password = forms.CharField(
        label=gettext_lazy("现在的密码"), strip=False, required=False, widget=forms.PasswordInput
    )


@staff_page("desk")
def page(request: HttpRequest) -> HttpResponse:
    """One's own live tokens; a new one is in the answer to this one request, nothing else ever shows it."""
    form, secret = TokenForm(refusing.sent(request), auto_id="token-%s"), ""
    if form.is_valid():
        secret = _issued(request.user, form)
    form = TokenForm(auto_id="token-%s") if secret else form
    tokens = accounts.live_tokens(request.user)  # type: ignore[arg-type]
    return render(request, "desk/tokens.html", {"form": form, "secret": secret, "tokens": tokens})


@staff_page("desk")
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Ends one of one's own tokens."""
    token = found(lambda: accounts.token(request.user, token_id))  # type: ignore[arg-type]
    services.revoke_token(token=token, now=clock.now(), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("这个令牌作废了。"))
    return redirect("desk-tokens")


def _issued(staff: Any, form: TokenForm) -> str:
    given = form.cleaned_data
    try:
        return services.own_token(staff=staff, password=given["password"], label=given["label"], now=clock.now())[1]
    except Refused as refused:
        refusing.show(form, refused)
        return ""
