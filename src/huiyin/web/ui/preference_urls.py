"""Addresses below /preferences/: choices that a link keeps in a cookie, and the table of keys."""

from django.urls import path

from huiyin.web.ui import preferences

urlpatterns = [
    path("shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("<str:what>/<str:choice>/", preferences.prefer, name="prefer"),
]
