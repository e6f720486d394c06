"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP's password storage cheat sheet asks for it: 19 MiB, two passes, one lane.

    Django's own 100 MiB cost eight times as much: 45 s of a core when 200 people of one organisation sign in at the
    same time, and 100 MB for each thread. Older hashes still open the door and are made again on the way in.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
