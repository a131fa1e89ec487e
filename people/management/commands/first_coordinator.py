"""The beginning of an empty installation: one person who can invite everybody else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Membership, Role, User
from people.workflow import Facts, found_institution
from people.zones import find_zone


class Command(BaseCommand):
    """Makes the first coordinator and prints the link with which she sets her password."""

    help = "Make the first coordinator of an empty installation and print her sign-in link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="As she wants to be called.")
        parser.add_argument("--institution", default="", help="Full name; may wait for the page.")
        parser.add_argument("--short-name", default="", help="As people call it.")
        parser.add_argument("--city", default="")
        parser.add_argument("--country", default="")
        parser.add_argument("--time-zone", default="UTC", help="For example America/Chicago.")

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        """Refuse where a coordinator exists; else make her and print the link."""
        email = email.strip().lower()
        try:
            validate_email(email)
            zone = find_zone(options["time_zone"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if not name.strip():
            raise CommandError("Say her name: --name 'Ruth Adeyemi-Clarke'.")
        self.refuse_a_second(email)
        user = self.make(email, name.strip(), zone, options)
        self.stdout.write(f"{user.display_name} ({user.email}) can set a password here, once:")
        self.stdout.write(password_link(user))
        if not user.memberships.exists():
            self.stdout.write(f"Then she names her institution: {settings.BASE_URL}/people/")

    def refuse_a_second(self, email: str) -> None:
        """A coordinator invites the others. Who never set her password gets another link."""
        today = timezone.now().date()
        held = Membership.objects.valid(today).filter(role=Role.COORDINATOR)
        first = held.select_related("user", "institution").order_by("pk").first()
        if first and (first.user.email != email or first.user.has_usable_password()):
            raise CommandError(
                f"{first.user.display_name} ({first.user.email}) is coordinator of"
                f" {first.institution.name} already. She can invite others at"
                f" {settings.BASE_URL}/people/."
            )
        same = User.objects.filter(email=email).first()
        if same and same.has_usable_password() and not same.is_superuser:
            raise CommandError(f"{email} has an account already: {settings.BASE_URL}/people/.")

    @transaction.atomic
    def make(self, email: str, name: str, zone: str, options: dict[str, Any]) -> User:
        """The person, her proven address, and her institution if it was named."""
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, display_name=name, time_zone=zone)
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"verified": True, "primary": True}
        )
        if options["institution"].strip():
            full = options["institution"].strip()
            facts = Facts(
                name=full[:160],
                short_name=(options["short_name"].strip() or full)[:40],
                city=options["city"].strip()[:80],
                country=options["country"].strip()[:80],
                time_zone=zone,
            )
            found_institution(facts, by=user, at=timezone.now())
        return user


def password_link(user: User) -> str:
    """Where a password can be set. It works until one is set, for three days at most."""
    key = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return str(settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key))
