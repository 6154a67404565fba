"""What the portal shows elsewhere: the Wegweiser comes first in the navigation."""

from akademie.core.contributions import DataSet, NavigationLink, navigation, reference_data
from akademie.portal import actions

navigation.add(NavigationLink(key="wegweiser", title="Wegweiser", url="/wegweiser/", order=5))
reference_data.add(
    DataSet(key="portal.start", label="Startseite", version=lambda: "1", load=actions.install_start_page, order=62)
)
