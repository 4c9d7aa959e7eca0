"""Tables of persons and their logins."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Login(AbstractBaseUser):
    """A way in for one person."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Login"]()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
