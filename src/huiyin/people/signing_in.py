"""Signing in with name and password; whoever is signed in comes with roles and place in the tree, in one query."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from huiyin.people import services
from huiyin.people.models import Staff


class StaffBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Staff | None:
        """The account of a session, if it is still in use."""
        return services.account(pk=user_id)
