"""What may stand in the log: never a visitor's address of a page, a name or a number; of a defect its traceback."""

from __future__ import annotations

import logging


class RefusalsAreOneLine(logging.Filter):
    """Makes what Django logs of requests that it refused one line without anything that the visitor sent: nothing is broken
    then, and the address may hold a receipt's secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every line."""
        if record.name.startswith("django.security"):
            request = getattr(record, "request", None)
            route = getattr(getattr(request, "resolver_match", None), "route", "")
            record.msg, record.args = "%s: %s /%s", (_reason(record), getattr(request, "method", ""), route)
            record.exc_info = None
        return True


def _reason(record: logging.LogRecord) -> str:
    """Django's reason without the visitor's values, which it sets behind a dash; else the kind of refusal."""
    given = record.args[0] if isinstance(record.args, tuple) and record.args else record.name.rpartition(".")[2]
    return str(given).split(" - ")[0]
