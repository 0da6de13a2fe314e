"""The gallery: every component in every state, in the look of the portal and of the desk."""

from django.urls import path

from huiyin.web.ui.gallery import desk, options, portal

urlpatterns = [
    path("portal/", portal, name="gallery-portal"),
    path("desk/", desk, name="gallery-desk"),
    path("options/", options, name="gallery-options"),
]
