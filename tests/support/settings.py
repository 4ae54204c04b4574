"""The fields of each group of settings, with values that differ from the defaults, and how one is saved by itself."""

YOU = {"pain_sites": ["low-back", "left-knee"], "pain_weekly": "True", "theme": "dark", "skin": "3"}
COACH = {"move_waits": "True", "move_seconds": "45"}
DAYS = {
    "goal_days": "3",
    "morning_at": "07:30",
    "midday_at": "12:15",
    "evening_at": "01:00",
    "week_starts_on": "6",
    "day_starts_at": "3",
    "follows_browser": "False",
    "time_zone": "Asia/Tokyo",
}
GROUPS = {"you": YOU, "coach": COACH, "days": DAYS}
BY_SCRIPT = {"Accept": "application/json"}
FIELDS = {field: group for group, fields in GROUPS.items() for field in fields}


def save_field(client, field, value=None):
    """As the page of a browser with scripts does when the field is changed; without a value: that of the table."""
    group = FIELDS[field]
    chosen = GROUPS[group][field] if value is None else value
    return client.post(f"/settings/{group}/", {"field": field, field: chosen}, headers=BY_SCRIPT)
