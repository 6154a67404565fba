"""What the portal shows elsewhere: the Wegweiser comes first in the navigation."""

from akademie.core.contributions import NavigationLink, navigation

navigation.add(NavigationLink(key="wegweiser", title="Wegweiser", url="/wegweiser/", order=5))
