"""Openings refuse what does not belong."""

import pytest

from akademie.core.contributions import ContributionPoint, NavigationLink


def test_a_point_is_in_order_and_refuses_strangers_and_doubles():
    point = ContributionPoint("links", NavigationLink)
    point.add(NavigationLink(key="b", title="B", url="/b/", order=10))
    point.add(NavigationLink(key="c", title="C", url="/c/", order=5))
    point.add(NavigationLink(key="a", title="A", url="/a/", order=10))
    assert [link.key for link in point] == ["c", "a", "b"]
    assert point.get("a") == NavigationLink(key="a", title="A", url="/a/", order=10)
    assert point.get("z") is None
    with pytest.raises(ValueError, match="already has 'a'"):
        point.add(NavigationLink(key="a", title="A", url="/a/"))
    with pytest.raises(TypeError, match="takes NavigationLink"):
        point.add("a")
