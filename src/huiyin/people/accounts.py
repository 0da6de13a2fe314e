"""Accounts as the administrators see them: who has one, which roles, when it was last used, which tokens it has,
and what was done to it."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.kernel.errors import Refused
from huiyin.people import queries
from huiyin.people.models import AccountAct, ApiToken, Role, Staff


def accounts() -> list[Staff]:
    """Everybody with an account, those who left included, in the order of the tree; roles fetched along."""
    return list(queries.all_staff())


def account(staff_id: int) -> Staff:
    """The account with that id. Refused (not_found) if there is none."""
    found = queries.all_staff().filter(pk=staff_id).first()
    if found is None:
        raise Refused("没有这个账号。", "There is no such account.", code="not_found")
    return found


def roles_of(staff: Staff) -> list[Role]:
    """The roles of an account in the order of the list of roles."""
    held = {row.role for row in staff.role_rows.all()}
    return [role for role in Role if role in held]


def tokens_of(staff: Staff) -> list[ApiToken]:
    """The tokens of an account, the newest first, revoked ones included."""
    return list(staff.tokens.order_by("-pk"))


def live_tokens(staff: Staff) -> list[ApiToken]:
    """The tokens of an account that still work, the newest first."""
    return [token for token in tokens_of(staff) if token.revoked_at is None]


def token(staff: Staff, token_id: int) -> ApiToken:
    """A token of that account. Refused (not_found) if it has none with that id."""
    found = staff.tokens.filter(pk=token_id).first()
    if found is None:
        raise Refused("没有这个令牌。", "There is no such token.", code="not_found")
    return found


def acts(*, page: int, size: int) -> Sequence[AccountAct]:
    """What was done to accounts, the newest first: page `page` (from 1), and one row more if there is another page."""
    first = (page - 1) * size
    return list(AccountAct.objects.select_related("by", "staff").order_by("-pk")[first : first + size + 1])
