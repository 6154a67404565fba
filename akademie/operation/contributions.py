"""What operation shows elsewhere."""

from django.conf import settings

from akademie.core.contributions import NavigationLink, navigation

navigation.add(NavigationLink(key="betrieb", title="Betrieb", url="/geschaeftsstelle/betrieb/", place="desk", order=90))
if settings.DEMO:
    navigation.add(NavigationLink(key="demo", title="Mails der Demo", url="/demo/mails/", place="footer", order=99))
