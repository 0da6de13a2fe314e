"""The finder of untranslated Chinese finds what it should and lets the rest pass."""

from __future__ import annotations

import pytest

from tests.house.chinese import in_python, in_template


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "办结" %}',
        '{% translate "办结" as done %}{{ done }}',
        "{% blocktranslate %}还剩{{ days }}天{% endblocktranslate %}",
        "{# 说明 #}{% comment %}说明{% endcomment %}",
        '{% component title=_("办结") %}',
        '{{ name|default:_("无") }}',
        "<p>—</p>",
    ],
)
def test_catalogued_chinese_in_a_template_passes(source: str) -> None:
    assert not list(in_template(source))


@pytest.mark.parametrize(
    "source", ["<p>办结</p>", '{% component title="办结" %}', '{{ name|default:"无" }}', '<a title="办结">']
)
def test_bare_chinese_in_a_template_is_found(source: str) -> None:
    assert next(in_template(f"{{% load i18n %}}\n{source}"))[0] == 2


@pytest.mark.parametrize(
    "source",
    [
        '"""说明"""',
        '_("办结")',
        'ngettext("%d件", "%d件", n)',
        'Words("办结", "closed")',
        'Words(f"还剩{n}天", f"{n} days left")',
        'Refused("没有找到。", "Not found.", field="no")',
        '{"zh": "办结", "en": "closed"}',
        'Words(zh="办结", en="closed")',
        'option(help="演示 · A demo")',
        'term(article="第三十四条")',
        'say(f"{year}年{month}月")',
        '# data: official letters are Chinese\nTITLE = "受理告知书"',
        'HEADINGS = {  # data: column names in other people\'s files\n    "name": ["姓名"],\n}',
    ],
)
def test_chinese_that_is_said_in_both_languages_passes(source: str) -> None:
    assert not list(in_python(source))


@pytest.mark.parametrize("source", ['x = "办结"', 'say("办结")', 'f"还剩{n}天"', 'say("办结", "办完")'])
def test_chinese_said_in_one_language_is_found(source: str) -> None:
    assert list(in_python(source))
