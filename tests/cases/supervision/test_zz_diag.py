import os
from collections import Counter

import tests.cases.supervision.test_a_year as t
from huiyin.cases.supervision import climbing
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.people.models import Absence, AccountAct


def test_diag(world, monkeypatch):
    t.DAYS = 120
    which = os.environ["MUT"]
    if which == "missing":
        monkeypatch.setattr(climbing, "replace_missing", lambda r: 0)
    if which == "climb":
        monkeypatch.setattr(climbing, "climb", lambda r: 0)
    if which == "look":
        from huiyin.cases import alerts

        monkeypatch.setattr(
            alerts,
            "look_after_an_act",
            lambda c, is_open, today, calendar, marks: alerts.next_look(
                c, is_open=is_open, since=today, acted_on=today, calendar=calendar, marks=marks
            ),
        )
    y = t.Year(world, 3)
    y.run()
    a = y.auditor
    print(
        which,
        {k: len(getattr(a, k)) for k in ("missed", "doubled", "idle_rings", "alone", "stuck", "overdue")},
        y.acts,
        y.crashes,
        Alarm.objects.count(),
        Counter(AlarmEntry.objects.values_list("what", flat=True)),
        Absence.objects.count(),
        AccountAct.objects.filter(kind="ended").count(),
    )
