"""The demonstration shows every state and degree of haste, keeps to the rules, and is the same for the same seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from pathlib import Path

import pytest

from huiyin.cases import verification
from huiyin.cases.models import Alarm, Case, CaseEvent, CaseFile, CaseLetter, CaseTask, Evaluation
from huiyin.cases.queries import find
from huiyin.cases.tracking import by_code
from huiyin.coordination.models import Meeting
from huiyin.demo import services
from huiyin.demo.course import Wish
from huiyin.demo.detours import SHARES
from huiyin.demo.loading import Loader
from huiyin.demo.wishes import Chosen
from huiyin.kernel.clock import ZONE
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from huiyin.people.models import Person, Staff
from huiyin.people.roster import importing
from huiyin.people.roster.sample import write_sample

DAYS = [
    datetime(2026, 3, 2, 9, 30, tzinfo=ZONE),  # a Monday
    datetime(2026, 11, 22, 0, 20, tzinfo=ZONE),  # a Sunday just after midnight, the next year in reach
    datetime(2026, 10, 3, 16, 0, tzinfo=ZONE),  # in the middle of a holiday
    datetime(2026, 11, 27, 0, 10, tzinfo=ZONE),  # just after midnight
]


def silent(done: int) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("now", DAYS, ids=lambda now: now.strftime("%a %d %b"))
def test_it_shows_every_state_and_degree_of_haste(db: None, now: datetime) -> None:
    services.install(now=now, seed=3, progress=silent)
    services.ring(now=now)
    states = Counter(Case.objects.values_list("state", flat=True))
    for state in (
        "registered",
        "accepted",
        "handling",
        "drafted",
        "approved",
        "issued",
        "delivered",
        "closed",
        "archived",
        "forwarded",
        "objected",
        "informed",
        "led",
        "not_accepted",
        "duty",
        "agreed",
        "reviewing",
        "review_drafted",
        "review_issued",
        "reviewed",
        "withdrawn",
    ):
        assert states[state], (state, states)
    today = orgs.calendar().next_workday(now.date())
    due = set(Case.objects.filter(due_term="handle").values_list("due_on", flat=True))
    assert today in due and min(due) < now.date() and max(due) > today
    assert Case.objects.filter(clocks__term="extend", clocks__stopped_on=None).exists()
    assert {"late", "soon"} <= set(Alarm.objects.values_list("kind", flat=True))
    assert CaseTask.objects.filter(state="open").count() == 3 and Meeting.objects.filter(state="planned").count() == 1
    assert Evaluation.objects.count() > 10 and CaseFile.objects.filter(purpose="original").count() == 6
    assert {"represent", "authorise", "identify"} <= set(CaseEvent.objects.values_list("action", flat=True))
    assert CaseEvent.objects.filter(action="add_material", facts__agent=1).exists()
    assert not CaseEvent.objects.filter(at__gt=now).exists()
    assert list(verification.verify()) == []


def test_a_roster_of_ones_own_meets_no_number_of_the_demonstration(db: None, tmp_path: Path) -> None:
    services.install(now=DAYS[0], seed=3, progress=silent)
    before, clerk = Person.objects.count(), Staff.objects.filter(office=orgs.installation().counter).first()
    actor = people.actor_for(clerk)
    write_sample(tmp_path / "own.csv", 400, seed=8)
    with (tmp_path / "own.csv").open("rb") as stream:
        begun = importing.begin(stream=stream, name="own.csv", office=orgs.installation().unit, by=actor, now=DAYS[0])
    done = importing.run(begun.pk, now=DAYS[0])
    assert (done.created, done.updated, done.unchanged, done.rejected) == (400, 0, 0, 0)
    assert Person.objects.count() == before + 400


def test_dates_beyond_the_official_calendar_are_marked(db: None) -> None:
    services.install(now=DAYS[1], seed=1, progress=silent)
    provisional = Case.objects.filter(due_provisional=True, due_term="handle")
    assert provisional.count() > 3 and all(case.due_on.year == 2027 for case in provisional if case.due_on)


def test_the_office_is_marked_as_a_demonstration_and_everybody_can_sign_in(db: None) -> None:
    heard: list[int] = []
    services.install(now=DAYS[0], seed=2, progress=heard.append)
    installation = orgs.installation()
    assert installation is not None and installation.demo and installation.unit.name == "云湖供电公司"
    assert sum(heard) == services.RETIREES + services.few()
    assert Person.objects.count() == services.RETIREES
    roles = {role for person in Staff.objects.all() for role in person.role_rows.values_list("role", flat=True)}
    assert roles == {"clerk", "handler", "head", "leader", "supervisor", "system_admin", "security_admin", "auditor"}
    passwords = set(Staff.objects.values_list("password", flat=True))
    assert len(passwords) == 1 and Staff.objects.get(username="zhoulan").check_password("huiyin-demo")


def test_the_same_seed_gives_the_same_receipts_and_the_sample_opens_an_answered_matter(db: None) -> None:
    services.install(now=DAYS[0], seed=7, progress=silent)
    sample = services.sample()
    assert sample is not None and sample.phone
    case = by_code(sample.code, address="127.0.0.1", now=DAYS[0])
    assert case is not None and case.state == "delivered" and case.channel == "web"
    assert Case.objects.get(external_id="1").receipt_code == "227064942856"


def test_more_matters_are_added_up_to_a_number_and_no_further(db: None) -> None:
    now = DAYS[0]
    services.install(now=now, seed=1, progress=silent)
    few = services.count()
    assert services.fill(cases=few + 30, now=now, seed=1, progress=silent) == 30
    assert services.fill(cases=few + 30, now=now, seed=9, progress=silent) == 0
    assert services.fill(cases=10, now=now, seed=9, progress=silent) == 0
    assert services.count() == few + 30
    assert Case.objects.filter(received_on__lt=date(2024, 1, 1)).exists()
    assert list(verification.verify()) == []


def test_its_letters_can_be_printed(db: None) -> None:
    from huiyin.cases import letter_files

    services.install(now=DAYS[0], seed=4, progress=silent)
    for kind in ("acceptance", "extension", "opinion", "service"):
        letter = CaseLetter.objects.filter(kind=kind).select_related("case").first()
        assert letter is not None
        case = find(letter.case.no)
        assert case is not None
        assert letter_files.made(case, letter, "pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("way", SHARES)
def test_the_steps_of_matters_filed_in_the_portal_are_in_the_order_of_time_on_each_way(db: None, way: str) -> None:
    services.install(now=DAYS[0], seed=3, progress=silent)
    loader, filed = Loader(now=DAYS[0], seed=1, many=True), Chosen(date(2025, 3, 3), Wish(way=way), "web")
    for number in range(1, 301):
        steps = list(loader._life(number, filed).course.steps())
        assert steps == sorted(steps, key=lambda step: step.at), number


@pytest.mark.parametrize("channel", ["letter", "hotline", "superior"])
def test_every_way_can_be_walked_for_whoever_gave_no_name(
    db: None, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.install(now=DAYS[0], seed=3, progress=silent)
    loader = Loader(now=DAYS[0], seed=1)
    monkeypatch.setattr("huiyin.demo.cast.NAMELESS", 1)
    lives = [
        loader._life(number, Chosen(date(2025, 3, 3), Wish(way=way), channel))
        for way, number in product(filter(None, SHARES), range(1000, 1010))
    ]
    loader._carry_out([replace(life, number=number) for number, life in enumerate(lives, start=1000)])
    assert Case.objects.filter(petitioner_name="", channel=channel).count() >= len(lives)
