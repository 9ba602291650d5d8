from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from bouquet.shared.accounts.permissions import age_of, of_age, old_enough

pytestmark = pytest.mark.django_db


def born(years: int, days: int = 0):
    today = timezone.localdate()
    return today.replace(year=today.year - years, day=min(today.day, 28)) + timedelta(days=days)


def test_a_site_without_a_minimum_age_asks_nobody(site, chloe):
    assert old_enough(chloe, site)


@pytest.mark.parametrize(("birth_date", "enough"), [(None, False), (born(13), False), (born(16), True)])
def test_a_minimum_age_needs_a_birth_date_that_reaches_it(site, chloe, birth_date, enough):
    site.minimum_age, chloe.birth_date = 15, birth_date
    assert old_enough(chloe, site) is enough


def test_a_birthday_tomorrow_is_not_a_birthday_today(chloe):
    chloe.birth_date = timezone.localdate().replace(year=2000, month=1, day=2)
    assert chloe.age_on(chloe.birth_date.replace(year=2015, day=1)) == 14
    assert chloe.age_on(chloe.birth_date.replace(year=2015)) == 15


def test_a_view_for_the_old_enough_asks_once_and_refuses_below(site, chloe):
    site.minimum_age = 15
    view = of_age(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/videos/new/", headers={"host": site.host})
    request.user, request.site = chloe, site
    assert view(request)["Location"] == "/me/age/?next=%2Fvideos%2Fnew%2F"
    chloe.birth_date = born(12)
    assert view(request).status_code == 403
    chloe.birth_date = born(20)
    assert view(request).content == b"in"
    assert age_of(chloe) in {19, 20}
