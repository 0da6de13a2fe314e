"""Every address of the product: portal at the root, desk and administration below their names, the API below /api/."""

from django.urls import include, path

from huiyin.api.v1.routes import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("desk/", include("huiyin.web.desk.urls")),
    path("admin/", include("huiyin.web.admin.urls")),
    path("ui/", include("huiyin.web.ui.urls")),
    path("preferences/", include("huiyin.web.ui.preference_urls")),
    path("", include("huiyin.web.portal.urls")),
]

handler400 = "huiyin.web.ui.errors.bad_request"
handler403 = "huiyin.web.ui.errors.permission_denied"
handler404 = "huiyin.web.ui.errors.page_not_found"
handler500 = "huiyin.web.ui.errors.server_error"
