"""Registers matters and takes steps without pause, and says each one aloud once it is acknowledged. Run by test_killed.py."""

from __future__ import annotations

import itertools
import sys

import django

ACCEPT = {"recusal_checked": True, "route": "由待遇科办理。"}


def main() -> None:
    django.setup()
    from huiyin.cases import services
    from huiyin.kernel import clock
    from huiyin.people import services as people
    from huiyin.people.models import Staff
    from tests.world import REGISTER

    clerk, leader = (people.actor_for(Staff.objects.get(username=name)) for name in ("clerk", "leader"))
    for turn in itertools.count():
        case = services.register(by=clerk, now=clock.now(), facts={**REGISTER, "received_on": clock.today()}, key=None)
        say(case.no, 1)
        if turn % 2:
            event = services.perform(case, "accept", by=leader, now=clock.now(), facts=ACCEPT)
            say(case.no, event.seq)


def say(no: str, version: int) -> None:
    sys.stdout.write(f"{no} {version}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
