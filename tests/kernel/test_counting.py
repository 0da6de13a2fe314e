"""Several counts in one statement, each no further than it is asked for."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.kernel.db.counting import count_each

pytestmark = pytest.mark.django_db


def test_each_query_is_counted_as_far_as_is_asked_of_it_in_one_statement() -> None:
    every = ContentType.objects.order_by("model")
    with CaptureQueriesContext(connection) as captured:
        counted = count_each(
            {"some": every, "few": every.filter(app_label="sessions"), "none": every.filter(pk__in=[])}, most=5
        )
    assert counted == {"some": 5, "few": 1, "none": 0}
    assert len(captured) == 1
