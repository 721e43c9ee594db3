"""A person. What they may do comes from their appointments, never from this row."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Email is the name one signs in with, compared without regard to case."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """`email_volume` is how much the person wants by email; every notice is listed in the product all the same.

    `powers_until` is the first day on which the person's guardian rows must be made anew; None means now.

    See communities.powers: a post that starts or ends takes effect on the next request, worker or no worker.
    """

    class EmailVolume(models.TextChoices):
        EVERYTHING = "everything", "Everything"
        NEEDED = "needed", "Only what needs me"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    powers_until = models.DateField(null=True, blank=True)
    email_volume = models.CharField(max_length=10, choices=EmailVolume, default=EmailVolume.EVERYTHING)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["id"], name="person_who_can_sign_in", condition=models.Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return f"{self.name} (person {self.pk})"

    @property
    def has_password(self) -> bool:
        """Whether the person ever came in; Django calls an empty password usable."""
        return bool(self.password) and self.has_usable_password()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
