"""Addresses of topics."""

from django.urls import path

from akademie.topics.views import public

app_name = "topics"
urlpatterns = [
    path("themen/", public.topic_list, name="topic_list"),
    path("themen/<str:slug>/", public.topic, name="topic"),
]
