from tests.network.topics.conftest import api_for, cast

__all__ = ["api_for", "cast"]
