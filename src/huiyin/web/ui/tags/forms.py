"""Buttons, fields, choices, look-ups and what is wrong with them. The same markup serves portal and desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiyin.web.ui.parts import Option

register = template.Library()

NUMERALS = "零一两三四五六七八九十"  # data: only the Chinese sentence takes them


@register.simple_block_tag
def button(
    content: str,
    kind: str = "secondary",
    name: str = "",
    value: str = "",
    key: str = "",
    icon: str = "",
    type: str = "submit",
    form: str = "",
    title: str = "",
    unavailable: Any = "",
    dialog: str = "",
) -> str:
    """A button that says what happens. kind: primary (one a page), secondary, quiet.

    `unavailable` is the reason why it can't be pressed: it stays focusable and the reason stands beside it (desk only).
    """
    here = {
        "words": content,
        "kind": kind,
        "name": name,
        "value": value,
        "key": key,
        "icon": icon,
        "type": type,
        "form": form,
        "title": title,
        "unavailable": unavailable,
        "dialog": dialog,
    }
    return render_to_string("ui/components/button.html", here)


@register.simple_block_tag
def linkbutton(
    content: str, href: str, kind: str = "secondary", key: str = "", icon: str = "", dialog: str = ""
) -> str:
    """A link that looks like a button. `dialog` names a dialog on this page that opens instead, where a script runs."""
    here = {"words": content, "href": href, "kind": kind, "key": key, "icon": icon, "dialog": dialog}
    return render_to_string("ui/components/linkbutton.html", here)


@register.simple_block_tag
def buttons(content: str, even: bool = False) -> str:
    """A row of buttons, one below the other on phones. `even`: equal choices of equal width."""
    return render_to_string("ui/components/buttons.html", {"content": content, "even": even})


@register.inclusion_tag("ui/components/field.html")
def field(
    bound: BoundField,
    label: Any = "",
    hint: Any = "",
    heading: bool = False,
    num: str = "",
    short: bool = False,
    code: bool = False,
    rows: int = 0,
    autocomplete: str = "",
    inputmode: str = "",
    optional: bool | None = None,
    after: Any = "",
    placeholder: Any = "",
    shown: Any = "",
) -> dict[str, Any]:
    """One labelled field with hint and error. `heading`: the label is the page's h1; `num`: the desk's number (Alt+num);
    `after`: words below the field; `code`: the large digits of an enquiry code; `shown`: words inside the field at right.
    """
    bound.form.use_required_attribute = False
    described = _described(bound, hint or bound.help_text, after)
    attrs = {
        "aria-describedby": described,
        "autocomplete": autocomplete,
        "inputmode": inputmode,
        "placeholder": placeholder,
    }
    attrs |= {"rows": rows or 8} if isinstance(bound.field.widget, forms.Textarea) else {}
    attrs |= {"class": "code", "inputmode": "numeric", "autocomplete": "off"} if code else {}
    attrs |= {"data-num": num} if num else {}
    return {
        "bound": bound,
        "id": bound.id_for_label,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "errors": bound.errors,
        "heading": heading,
        "num": num,
        "short": short,
        "after": after,
        "shown": shown,
        "kind": _kind(bound.field.widget),
        "optional": not bound.field.required if optional is None else optional,
        "control": bound.as_widget(attrs={name: value for name, value in attrs.items() if value}),
    }


def _described(bound: BoundField, hint: Any, after: Any = "") -> str:
    ids = [f"{bound.auto_id}-hint" if hint else "", f"{bound.auto_id}-error" if bound.errors else ""]
    return " ".join(filter(None, [*ids, f"{bound.auto_id}-after" if after else ""]))


def _kind(widget: forms.Widget) -> str:
    """How the desk lays the field out: check (box before the words) or line."""
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


@register.inclusion_tag("ui/components/choices.html")
def choices(
    bound: BoundField,
    columns: int = 1,
    legend: Any = "",
    hint: Any = "",
    skip: str | None = None,
    hints: Mapping[str, Any] | None = None,
    heading: bool = False,
    num: str = "",
    keys: str = "",
    optional: bool = False,
) -> dict[str, Any]:
    """Radio buttons or check boxes as rows whose whole area is the label.

    `skip` is the value that means 不评这项 (preselect it with `initial`); `hints` are small words by value;
    `keys` are letters for the desk's rows, in order.
    """
    bound.form.use_required_attribute = False
    widgets = list(bound)
    rows = [
        {
            "tag": widget.tag(),
            "id": widget.id_for_label,
            "words": widget.choice_label,
            "key": keys[n : n + 1],
            "skip": skip is not None and str(widget.data["value"]) == skip,
            "hint": (hints or {}).get(str(widget.data["value"]), ""),
        }
        for n, widget in enumerate(widgets)
    ]
    return {
        "id": bound.auto_id,
        "legend": legend or bound.label,
        "hint": hint or bound.help_text,
        "errors": bound.errors,
        "rows": rows,
        "columns": columns,
        "heading": heading,
        "num": num,
        "optional": optional,
        "described": _described(bound, hint or bound.help_text),
    }


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*bound_forms: Any, title: Any = "") -> dict[str, Any]:
    """What is still missing, on top of the page: takes the focus and links down. Draws nothing where nothing is wrong.

    A form may be followed by a mapping of field name → words that stand in the list instead of the error. Several forms may come
    as one list.
    """
    bound_forms = tuple(one for each in bound_forms for one in (each if isinstance(each, list) else [each]))
    lines: list[tuple[str, Any]] = []
    for number, form in enumerate(bound_forms):
        if isinstance(form, Mapping) or form is None or not getattr(form, "errors", None):
            continue
        after = bound_forms[number + 1] if number + 1 < len(bound_forms) else None
        lines += _lines(form, after if isinstance(after, Mapping) else {})
    return {"lines": lines, "title": title or _missing(len(lines))}


@register.simple_tag(takes_context=True)
def wrong_first(context: Context) -> str:
    """What the title begins with where a form of the page (`gaps`, else `form`) is wrong, so that a reader hears it first."""
    forms_ = context.get("gaps") or [context.get("form")]
    return _("有错误：") if any(getattr(form, "errors", None) for form in forms_) else ""


def _lines(form: Any, words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    top = [("", error) for error in form.non_field_errors()]
    wrong = [(name, form[name]) for name in form.errors if name in form.fields]
    return top + [(bound.id_for_label or bound.auto_id, words.get(name) or bound.errors[0]) for name, bound in wrong]


def _missing(count: int) -> str:
    spelt = count <= 10 and not (get_language() or "").startswith("en")
    numeral = NUMERALS[count] if spelt else str(count)
    words = ngettext("还差%(numeral)s处，补上就能继续", "还差%(numeral)s处，补上就能继续", count)
    return words % {"numeral": numeral, "count": count}


@register.inclusion_tag("ui/components/upload.html")
def upload(
    bound: BoundField, words: Any = "", hint: Any = "", icon: str = "camera", label: Any = "", optional: bool = False
) -> dict[str, Any]:
    """A file input that looks like a button (portal) or a place to drop files on (desk). Works as a plain input. Its name is `label`,
    shown above it, or the words on the button."""
    bound.form.use_required_attribute = False
    hints = [each for each in (bound.help_text, hint) if each]
    attrs = {"data-upload": "", "aria-describedby": _described(bound, hints)}
    return {
        "bound": bound,
        "id": bound.id_for_label,
        "words": words or bound.label,
        "label": label,
        "optional": optional,
        "hints": hints,
        "icon": icon,
        "errors": bound.errors,
        "control": bound.as_widget(attrs={k: v for k, v in attrs.items() if v or k == "data-upload"}),
    }


@register.inclusion_tag("ui/components/lookup.html")
def lookup(
    bound: BoundField,
    url: str,
    shown: Any = "",
    method: str = "get",
    results: Sequence[Option] | None = None,
    label: Any = "",
    hint: Any = "",
    num: str = "",
    optional: bool = False,
) -> dict[str, Any]:
    """A field that looks something up while one types: combobox and listbox.

    `url` answers `?q=` (or, with method="post", the posted `q`: use that for people, so that no name gets into a log) with
    the HTML of {% lookup_options options %}. The chosen value is posted under the field's own name, what was typed under
    `<name>_q`. Without a script the button posts the form with `lookup=<name>`; draw the page again with `results`.
    """
    name = bound.html_name
    return {
        "bound": bound,
        "id": bound.id_for_label,
        "name": name,
        "value": bound.value() or "",
        "url": url,
        "method": method,
        "shown": shown or bound.form.data.get(f"{name}_q", ""),
        "results": results,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "num": num,
        "errors": bound.errors,
        "optional": optional,
        "described": _described(bound, hint or bound.help_text),
    }


@register.inclusion_tag("ui/components/lookup_options.html")
def lookup_options(options: Sequence[Option], note: Any = "") -> dict[str, Any]:
    """The rows of a look-up's answer; this alone is the fragment's template."""
    return {"options": options, "note": note}
