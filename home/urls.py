"""Front page, dashboard, footer pages, health."""

from django.urls import path

from . import dev_mail, health, views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("search/", views.search_page, name="search"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("help/", views.help_page, name="help"),
    path("talk/", views.talk, name="talk"),
    path("i18n/language/", views.set_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("dev/mail/", dev_mail.mail_list, name="dev_mail_list"),
    path("dev/mail/<slug:file>/<int:number>/", dev_mail.mail_detail, name="dev_mail_detail"),
]
