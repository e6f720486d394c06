"""Who signs in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.passwords import normal
from core.ids import public_id


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
    is_staff = models.BooleanField(default=False)  # sees how the site does; nobody's workspace
    may_make_workspaces = models.BooleanField(default=False, db_default=False)  # also where sign-up is closed
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(normal(raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Also as it was typed: passwords that are older than the one form are kept as they were."""
        form = normal(raw_password or "")
        return super().check_password(form) or (form != raw_password and super().check_password(raw_password))

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


class Browser(models.Model):
    """What one is told by: Firefox on Windows. More of it, or from where, is not kept."""

    program = models.CharField(max_length=30)
    system = models.CharField(max_length=30)

    class Meta:
        abstract = True


class OpenSession(Browser):
    """Where somebody is signed in, beside Django's own row, which knows neither whose it is nor since when."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    user = models.ForeignKey(User, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()  # within a quarter of an hour

    def __str__(self) -> str:
        return f"session of {self.user_id} since {self.since:%Y-%m-%d}"


class SignIn(Browser):
    """That somebody came in, or was turned away, by an address: its hash, as anybody's who has none here."""

    class Outcome(models.TextChoices):
        IN = "in", _("Signed in")
        IN_BY_PASSKEY = "passkey", _("Signed in with a passkey")
        WRONG_PASSWORD = "password", _("Refused: wrong password")
        WRONG_CODE = "code", _("Refused: wrong code")
        WRONG_PASSKEY = "no passkey", _("Refused: wrong passkey")

    address = models.CharField(max_length=32)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    is_new = models.BooleanField()  # in a browser in which the account was not used before

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="accounts_sign_ins"),
            models.Index(fields=["at"], name="accounts_sign_ins_old"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at:%Y-%m-%d %H:%M}"
