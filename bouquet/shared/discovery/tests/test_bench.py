"""What benches measure is written by SQL of their own, past the models: a new column must not be forgotten there."""

from __future__ import annotations

import pytest

from bouquet.shared.discovery import bench
from bouquet.shared.discovery.home import home_of
from bouquet.shared.search.bench import search_lists
from bouquet.shared.works import bench_fill
from bouquet.shared.works.models import Follow, Watching, Work
from bouquet.shared.works.viewer import Viewer


@pytest.mark.django_db
def test_the_bench_s_network_is_written_and_things_are_found_in_it() -> None:
    sites = bench_fill._fill_sites()
    channels = bench_fill._fill_people_and_channels(520, sites)
    bench_fill._fill_works(60, sites[0], channels)
    bench_fill._fill_availabilities()
    person = bench_fill._follower(channels)
    bench._make_videos(60)
    bench._make_people(4, 60)
    bench._make_tastes(person)
    assert Work.objects.count() == 60
    assert Follow.objects.exclude(person=person).count() == 4 * bench.EACH_FOLLOWS
    assert Watching.objects.count()
    assert home_of(person, Viewer(person=person, territory="FR", age=30))
    assert search_lists()["search, a word of every fourth work"]().total
