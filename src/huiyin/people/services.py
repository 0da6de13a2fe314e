"""Staff accounts: made, given roles, taken out of service; passwords and tokens; and who acts in a request.

The three administrators (系统、安全、审计) are three accounts: none of their roles shares an account with any other.
Every act on an account leaves a row (`AccountAct`) with who did it; SYSTEM is whoever gives commands on the machine.
Rooms above say what still keeps a person in service through `keeps_staff`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import translation

from huiyin.kernel import clock
from huiyin.kernel.db.written import written_once
from huiyin.kernel.errors import Refused
from huiyin.kernel.ids import digest, new_secret
from huiyin.kernel.typed import half_width, one_line
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Installation, Office
from huiyin.people import queries
from huiyin.people.guesses import recognise
from huiyin.people.models import AccountAct, ApiToken, Role, Staff, StaffRole
from huiyin.people.persons import save_person
from huiyin.people.policy import ADMINS, STAFF, SYSTEM, Actor

__all__ = [
    "account", "actor_for", "actor_for_token", "change_password", "check_password", "create_staff", "deactivate_staff", "grant_role", "issue_token",
    "keeps_staff", "note_drafts", "own_token", "reactivate_staff", "reset_password", "revoke_role", "revoke_token", "save_person", "set_password",
    "set_roles", "update_staff",
]  # fmt: skip
_USERNAME = re.compile(r"\w[\w.@-]{1,39}")
_hindrances: list[Callable[[Staff], Refused | None]] = []


def keeps_staff(check: Callable[[Staff], Refused | None]) -> Callable[[Staff], Refused | None]:
    """Registers what an upper room asks before somebody leaves or changes office: a refusal, or None. Usable as decorator."""
    if check not in _hindrances:
        _hindrances.append(check)
    return check


def actor_for(user: Any) -> Actor | None:
    """Who acts when this user does, with roles and place in the tree; None if the account is not in use.

    One query, or none for a user who is signed in: they come with it.
    """
    if not getattr(user, "pk", None):
        return None
    return user.acts_as or _actor(pk=user.pk)


def actor_for_token(secret: str) -> Actor | None:
    """Who acts with this bearer token; None if it is unknown or revoked, or its owner left."""
    return _actor(tokens__digest=digest(secret), tokens__revoked_at=None)


def _actor(**which: Any) -> Actor | None:
    staff = account(**which)
    return staff.acts_as if staff else None


def account(**which: Any) -> Staff | None:
    """The account in use that meets the conditions, with whom it acts as (`acts_as`); None if there is none. One query."""
    rows = _account_rows(which["pk"]) if which.keys() == {"pk"} else list(_accounts(**which))
    if not rows:
        return None
    rows[0].acts_as = _acting(rows)
    return rows[0]


def _accounts(**which: Any) -> QuerySet[Staff]:
    return Staff.objects.filter(is_active=True, **which).select_related("office__parent__parent").annotate(
        role=F("role_rows__role"),
        whole=Exists(Installation.objects.filter(unit=OuterRef("office"))), demo=Exists(Installation.objects.filter(demo=True)),
    )  # fmt: skip


_account_rows = written_once(lambda pk: _accounts(pk=pk))


def _acting(rows: list[Any]) -> Actor:
    """Who acts, from the rows of one account: one for each role."""
    staff, office = rows[0], rows[0].office
    return Actor(
        "staff", staff.name, staff_id=staff.pk,
        office_id=office.pk,
        office_path=office.path,
        unit_path=orgs.unit_of(office).path,
        roles=frozenset(row.role for row in rows if row.role),
        office_name=office.name,
        whole=staff.whole,
        demo=staff.demo,
    )  # fmt: skip


@transaction.atomic
def create_staff(
    *,
    username: str,
    name: str,
    office: Office,
    roles: Iterable[str],
    password: str | None,
    phone: str = "",
    takes_intake: bool = False,
    must_change_password: bool = False,
    by: Actor = SYSTEM,
) -> Staff:
    """A new account; without a password nobody can sign in with it until one is set.

    Refused: a name in use, a weak password, a closed office, roles that one account can't hold together.
    """
    staff = Staff(
        username=_username(username),
        name=_name(name),
        office=_in_use(office),
        phone=one_line(phone)[:30],
        takes_intake=takes_intake,
        must_change_password=must_change_password,
    )
    wanted = _roles(roles)
    if password is not None:
        check_password(password, staff)
    staff.set_password(password)
    staff.save()
    StaffRole.objects.bulk_create(StaffRole(staff=staff, role=role) for role in sorted(wanted))
    _note(staff, AccountAct.Kind.CREATED, by, roles=[[], sorted(wanted)])
    return staff


@transaction.atomic
def update_staff(
    *,
    staff: Staff,
    name: str | None = None,
    office: Office | None = None,
    phone: str | None = None,
    takes_intake: bool | None = None,
    by: Actor = SYSTEM,
) -> Staff:
    """Changes name, office, telephone or who takes intake. A change of office is refused while matters are in hand."""
    if office is not None and office.pk != staff.office_id:
        _refuse_while_needed(staff)
        _note(staff, AccountAct.Kind.MOVED, by, office=[staff.office.name, office.name])
        staff.office = _in_use(office)
    if name is not None:
        staff.name = _name(name)
    if phone is not None:
        staff.phone = one_line(phone)[:30]
    if takes_intake is not None:
        staff.takes_intake = takes_intake
    with _keeping_intake():
        staff.save(update_fields=["name", "office", "phone", "takes_intake"])
    return staff


@transaction.atomic
def grant_role(*, staff: Staff, role: str, by: Actor = SYSTEM) -> None:
    """Gives a role. Refused when it can't share an account with those held. Again is no error."""
    set_roles(staff=staff, roles={*_held(staff), role}, by=by)


@transaction.atomic
def revoke_role(*, staff: Staff, role: str, by: Actor = SYSTEM) -> None:
    """Takes a role away. Refused for the last security administrator, where nobody would receive what comes in, and
    for the last role at the desk of somebody who has matters in hand."""
    held = _held(staff)
    _take_role(staff, role)
    _note_roles(staff, held, by)


def _take_role(staff: Staff, role: str) -> None:
    if role == Role.SECURITY_ADMIN:
        _keep_administrator(staff)
    if _held(staff) & STAFF == {role}:
        _refuse_while_needed(staff)
    with _keeping_intake():
        staff.role_rows.filter(role=role).delete()


@transaction.atomic
def set_roles(*, staff: Staff, roles: Iterable[str], by: Actor = SYSTEM) -> None:
    """Gives and takes roles until an account holds these. Refused as in `grant_role` and `revoke_role`, and for none at all."""
    wanted = _roles(roles)
    if not wanted:
        raise Refused(
            "至少要有一个岗位；不再用的账号请停用。",
            "At least one role; an account no longer used can be ended.",
            field="roles",
        )
    held = _held(staff)
    StaffRole.objects.bulk_create(StaffRole(staff=staff, role=role) for role in sorted(wanted - held))
    for role in sorted(held - wanted):
        _take_role(staff, role)
    _note_roles(staff, held, by)


def _held(staff: Staff) -> set[str]:
    return set(staff.role_rows.values_list("role", flat=True))


def _note_roles(staff: Staff, before: set[str], by: Actor) -> None:
    after = _held(staff)
    if before != after:
        _note(staff, AccountAct.Kind.ROLES, by, roles=[sorted(before), sorted(after)])


@transaction.atomic
def deactivate_staff(*, staff: Staff, now: datetime, by: Actor = SYSTEM) -> Staff:
    """Ends an account with its password, its tokens and all its sessions; its history stays.

    Refused while matters are in hand, for the last security administrator, and where nobody would receive what comes in.
    """
    _refuse_while_needed(staff)
    _keep_administrator(staff)
    staff.is_active = False
    staff.set_unusable_password()
    with _keeping_intake():
        staff.save(update_fields=["is_active", "password"])
    _end_tokens(staff, now)
    _note(staff, AccountAct.Kind.ENDED, by)
    return staff


@transaction.atomic
def reactivate_staff(*, staff: Staff, by: Actor = SYSTEM) -> Staff:
    """Puts an account back into use, in an office that is in use. Nobody can sign in with it until a password is set."""
    _in_use(staff.office)
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    _note(staff, AccountAct.Kind.BACK, by)
    return staff


def change_password(*, staff: Staff, old: str, new: str, now: datetime) -> None:
    """Changes one's own password. Refused when the old one is wrong – also after too many that were – or the new one is weak or the
    same."""
    recognise(staff, old, field="old", now=now)
    if old == new:
        raise Refused("新密码和原密码一样，请换一个。", "The new password is the same as the old one.", field="new")
    set_password(staff=staff, new=new, must_change=False)


@transaction.atomic
def set_password(*, staff: Staff, new: str, must_change: bool = True) -> None:
    """Sets a password, by default one to be changed at the next sign-in; all sessions of the account end with the old one."""
    check_password(new, staff, field="new")
    staff.set_password(new)
    staff.must_change_password = must_change
    staff.save(update_fields=["password", "must_change_password"])


@transaction.atomic
def reset_password(*, staff: Staff, new: str, now: datetime, by: Actor = SYSTEM) -> None:
    """Sets somebody else's password, to be changed by them; who holds the old one or a token is out at once."""
    set_password(staff=staff, new=new)
    _end_tokens(staff, now)
    _note(staff, AccountAct.Kind.PASSWORD, by)


def _end_tokens(staff: Staff, now: datetime) -> None:
    staff.tokens.filter(revoked_at=None).update(revoked_at=now)


@transaction.atomic
def issue_token(*, staff: Staff, label: str, now: datetime, by: Actor = SYSTEM) -> tuple[ApiToken, str]:
    """A token for the API and its secret, which is shown this once and kept nowhere."""
    if not staff.is_active:
        raise Refused("这个账号已停用。", "This account is not in use.", code="inactive")
    secret = new_secret()
    row = ApiToken.objects.create(staff=staff, digest=digest(secret), label=one_line(label)[:60], created_at=now)
    _note(staff, AccountAct.Kind.TOKEN, by, label=row.label)
    return row, secret


def own_token(*, staff: Staff, password: str, label: str, now: datetime) -> tuple[ApiToken, str]:
    """A token for the API as its owner asks for it. Refused when the password is wrong, also after too many that were."""
    recognise(staff, password, field="password", now=now)
    return issue_token(staff=staff, label=label, now=now, by=actor_for(staff) or SYSTEM)


@transaction.atomic
def revoke_token(*, token: ApiToken, now: datetime, by: Actor = SYSTEM) -> None:
    """Ends a token at once. Again is no error."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        _note(token.staff, AccountAct.Kind.TOKEN_ENDED, by, label=token.label)


def note_drafts(staff: Staff, *, by: Actor, number: int) -> None:
    """Writes down that somebody's unregistered drafts went to a successor."""
    _note(staff, AccountAct.Kind.DRAFTS, by, label=str(number))


def _note(staff: Staff, kind: AccountAct.Kind, by: Actor, **detail: Any) -> None:
    AccountAct.objects.create(at=clock.now(), by_id=by.staff_id, staff=staff, kind=kind, detail=detail)


def _username(typed: str) -> str:
    username = half_width(typed).lower()
    if not _USERNAME.fullmatch(username):
        raise Refused(
            "账号用2到40个字母、数字或汉字，可以带点、横线和下划线。",
            "A user name has 2 to 40 letters, digits or characters, and may hold dots, hyphens and underscores.",
            field="username",
        )
    if Staff.objects.filter(username=username).exists():
        raise Refused(
            f"账号“{username}”已经有人用了。", f"The user name “{username}” is taken.", field="username", code="taken"
        )
    return username


def _name(typed: str) -> str:
    name = one_line(typed)
    if not 1 <= len(name) <= 40:
        raise Refused("请写姓名，最多40字。", "Give a name of up to 40 characters.", field="name")
    return name


def _in_use(office: Office) -> Office:
    if not office.is_active:
        raise Refused(f"“{office.name}”已停用。", f"“{office.name}” is closed.", field="office")
    return office


def _roles(roles: Iterable[str]) -> set[str]:
    wanted = set(roles)
    if not wanted <= set(Role.values):
        raise Refused("没有这种岗位。", "There is no such role.", field="roles")
    admin = wanted & ADMINS
    if len(admin) > 1 or (admin and wanted & STAFF):
        raise Refused(
            "系统、安全、审计三种管理员要用各自的账号，不能和别的岗位合用一个账号。",
            "Each of the three administrators needs an account of its own, apart from any other role.",
            field="roles",
            code="separation",
        )
    return wanted


def check_password(password: str, staff: Staff, *, field: str = "password") -> None:
    """Refused with all reasons if this password is too weak for this person."""
    try:
        validate_password(password, staff)
    except ValidationError as error:
        with translation.override("zh-hans"):
            zh = "".join(error.messages)
        with translation.override("en"):
            en = " ".join(error.messages)
        raise Refused(zh, en, field=field, code="weak") from None


def _refuse_while_needed(staff: Staff) -> None:
    """Locks the account first: a case that is being given to this person counts already."""
    Staff.objects.select_for_update().filter(pk=staff.pk).first()
    for check in _hindrances:
        if (refusal := check(staff)) is not None:
            raise refusal


def _keep_administrator(staff: Staff) -> None:
    held = StaffRole.objects.filter(role=Role.SECURITY_ADMIN, staff__is_active=True)
    if held.filter(staff=staff).exists() and not held.exclude(staff=staff).exists():
        raise Refused(
            "这是最后一位安全管理员，先指定另一位再停。",
            "This is the last security administrator; name another one first.",
            code="last-administrator",
        )


@contextmanager
def _keeping_intake() -> Iterator[None]:
    """Refuses what would leave nobody to receive what comes in, where somebody did before."""
    before = _intake_refusal() is None
    yield
    if before and (refusal := _intake_refusal()) is not None:
        raise Refused(
            f"这样就没有人接收来件了。{refusal.zh}",
            f"Nobody would receive what comes in. {refusal.en}",
            code="no-intake",
        )


def _intake_refusal() -> Refused | None:
    try:
        queries.intake()
    except Refused as refused:
        return refused
    return None
