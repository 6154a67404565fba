"""Addresses of people."""

from django.urls import path

from akademie.people.views import office, participant, public

app_name = "people"
urlpatterns = [
    path("menschen/", public.people, name="people"),
    path("menschen/<int:pk>/", public.profile, name="profile"),
    path("menschen/<int:pk>/kontakt/", public.write, name="write"),
    path("menschen/<int:pk>/kontakt/gesendet/", public.written, name="written"),
    path("konto/profil/", participant.own_profile, name="own_profile"),
    path("konto/profil/themen/", participant.own_topics, name="own_topics"),
    path("konto/zugehoerigkeit/", participant.memberships, name="memberships"),
    path("konto/zugehoerigkeit/beitreten/", participant.join, name="join"),
    path("konto/zugehoerigkeit/<int:pk>/anfrage/", participant.decide, name="decide"),
    path("konto/zugehoerigkeit/<int:pk>/aendern/", participant.change, name="change"),
    path("konto/zugehoerigkeit/<int:pk>/beenden/", participant.end, name="end"),
    path("konto/zugehoerigkeit/<int:pk>/uebergeben/", participant.hand_over, name="hand_over"),
    path("konto/zugehoerigkeit/<int:pk>/einladung-zurueckziehen/", participant.withdraw_offer, name="withdraw_offer"),
    path("konto/zugehoerigkeit/einladung/<int:pk>/", participant.follow, name="follow"),
    path("konto/wer-handelt/", participant.who_acts, name="who_acts"),
    path("geschaeftsstelle/zugehoerigkeiten/", office.joinings, name="joinings"),
]
