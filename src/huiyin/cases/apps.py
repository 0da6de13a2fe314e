"""Cases: the matters that people bring, and the one door through which they change."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "huiyin.cases"
    label = "cases"

    def ready(self) -> None:
        from huiyin.cases import commitments
        from huiyin.cases.holding import who_keeps_open, who_keeps_staff
        from huiyin.kernel.db import append_only
        from huiyin.ledger.commitments import register
        from huiyin.orgs.services import keeps_open
        from huiyin.people.services import keeps_staff

        append_only.register("cases_caseevent")
        append_only.register("cases_alarmentry")
        append_only.register("cases_caselink")
        append_only.register("cases_copy")
        for kind in commitments.KINDS:
            register(kind)
        keeps_open(who_keeps_open)
        keeps_staff(who_keeps_staff)
