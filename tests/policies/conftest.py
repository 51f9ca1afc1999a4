import pytest

from tests.packs import load
from xinyijian.policies import forget


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
