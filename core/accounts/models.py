"""Who signs in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; the e-mail address, in lower case, is the name they sign in with.

    Only a *verified* address is unique (a constraint of allauth's EmailAddress): nobody can keep others out by signing
    up with their address, and sign-up need not tell whether an address is taken.
    """

    email = models.EmailField(_("e-mail address"), db_index=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


class AccountCopy(models.Model):
    """A file with all that the site holds about somebody as the holder of an account; for them alone, and for days."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="copy")
    file = models.FileField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"copy of account {self.user_id}"

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return self.file.name or ""
