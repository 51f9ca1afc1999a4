import pytest

from tests.law import law

__all__ = ["law"]


@pytest.fixture(autouse=True)
def documents_elsewhere(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
