"""What the open data show elsewhere: their place in the footer."""

from akademie.core.contributions import NavigationLink, navigation

navigation.add(NavigationLink(key="daten", title="Offene Daten", url="/daten/", place="footer", order=68))
