"""The plan that an account begins with: its exercises, its sessions, and its first day."""

ALL_EXERCISES = ("toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles")
SESSION_SLOTS = ("morning", "midday", "evening")


def plan_since(user, day):
    user.prescriptions.update(since=day)
