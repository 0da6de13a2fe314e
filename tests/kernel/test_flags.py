"""Yes-or-no columns and their indexes."""

from __future__ import annotations

import pytest
from django.db import connection

from huiyin.cases.models import Case


@pytest.mark.django_db
@pytest.mark.parametrize("is_open", [True, False])
def test_a_list_of_open_cases_reads_along_its_index(is_open: bool) -> None:
    listed = Case.objects.filter(is_open=is_open).order_by("due_on", "pk")[:50]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    assert "case_open_due" in listed.explain()


@pytest.mark.django_db
def test_flags_may_still_be_negated_and_computed() -> None:
    from django.db.models import Exists, OuterRef, Q

    from huiyin.orgs.models import Office

    office = Office.objects.create(name="甲", path="0001/", is_active=False)
    assert list(Office.objects.filter(~Q(is_active=True))) == [office]
    assert list(Office.objects.exclude(is_active=True)) == [office]
    assert list(Office.objects.filter(is_active=False, parent__isnull=True)) == [office]
    assert list(Office.objects.filter(Exists(Office.objects.filter(pk=OuterRef("pk"), is_active=False)))) == [office]
