import pytest

from bouquet.shared.works.actions import publish_work
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.shared.works.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_a_published_work_is_listed(chloe):
    work = make_work(state="draft", author=chloe)
    assert not Work.objects.listed_for(Viewer()).exists()
    publish_work(work, by=chloe)
    assert list(Work.objects.listed_for(Viewer())) == [work]
    assert list(Work.objects.visible_to(Viewer.for_person(chloe, territory="FR"))) == [work]
