from django.urls import path

from core.accounts import passkeys, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("copy/", views.copy, name="copy"),
    path("copy/file/", views.copy_file, name="copy_file"),
    path("go-on/", passkeys.go_on, name="go_on"),
    path("sign-ins/", views.sign_ins_of, name="sign_ins"),
    path("delete/", views.delete, name="delete"),
]
