import pytest
from django.utils import translation

from tests.packs import load
from xinyijian.policies import forget


@pytest.fixture(autouse=True)
def english():
    """What is said is compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def packs(db):
    """The packs of Hunan and Jiangsu and the calendar are loaded."""
    forget()
    yield load()
    forget()


@pytest.fixture
def officers(django_user_model):
    """Two who may change policies."""
    return [django_user_model.objects.create_superuser(username=name, password="a-password-of-the-tests") for name in ("first", "second")]
