"""One shape for everything that goes wrong in the API, whoever found it: a service, the router, the server or a middleware.

`detail` is the sentence in the caller's language (Accept-Language; Chinese if none is asked for), `message` holds both.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language_from_request

from huiyin.kernel.errors import Invalid, Refused

SAID = {
    400: Refused("请求读不懂，请检查格式。", "The request can't be read; check its form.", code="bad_request"),
    401: Refused("没有令牌，或者令牌无效。", "The token is missing or not valid.", code="token"),
    403: Refused("不许这样做。", "This is not allowed.", code="forbidden"),
    404: Refused("没有这个地址。", "There is no such address.", code="not_found"),
    405: Refused("这个地址不接受这种方法，可用的写在 Allow 里。", "This address does not take this method; the Allow header names those it takes.", code="method"),
    413: Refused("发来的内容太大。", "What was sent is too large.", code="too_large"),
    415: Refused("内容类型不对。", "The content type is wrong.", code="content_type"),
    429: Refused("试的次数太多了，请过一会儿再试。", "Too many attempts; try again in a while.", code="too_many"),
    500: Refused("服务出了错，没有办成。请过一会儿再试，还不行就把编号告诉管理员。", "The server failed and nothing was done. Try again in a while; if it stays so, tell the administrator the number.", code="defect"),
}  # fmt: skip
JSON_WANTED = Refused("请用 application/json 发送。", "Send it as application/json.", code="content_type")
FORM_WANTED = Refused(
    "请用 multipart/form-data 发送文件，字段名是 file。",
    "Send the file as multipart/form-data, in a field named file.",
    code="content_type",
)


def answer(request: HttpRequest, error: Refused, status: int, *, number: str = "") -> JsonResponse:
    """The problem as JSON. `number` is the one under which a defect stands in the log."""
    language = get_language_from_request(request)
    shape = shape_of(error, language) | ({"number": number} if number else {})
    made = JsonResponse(shape, status=status, json_dumps_params={"ensure_ascii": False})
    made["Content-Language"] = "en" if language.startswith("en") else "zh-CN"
    made["Vary"] = "Accept-Language"
    return made


def general(request: HttpRequest, status: int, *, number: str = "") -> JsonResponse:
    """A problem of which nothing is known but its status."""
    known = SAID.get(status) or SAID[400 if status < 500 else 500]
    if status not in SAID:
        phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
        known = Refused(f"{known.zh}（{status} {phrase}）", f"{known.en} ({status} {phrase})", code=known.code)
    return answer(request, known, status, number=number)


def shape_of(error: Refused, language: str) -> dict[str, Any]:
    """What `schemas.Problem` describes."""
    errors = error.errors.items() if isinstance(error, Invalid) else ()
    return {
        "code": error.code or "refused",
        "detail": error.say(language),
        "message": {"zh": error.zh, "en": error.en},
        "errors": {name: {"zh": each.zh, "en": each.en} for name, each in errors},
    }
