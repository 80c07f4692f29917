"""Settings of the property tests here."""

from hypothesis import settings

# A shared machine makes timings meaningless: no test here is about time.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
