"""Reminders: who is due one (choosing), who sends it (claims, sender), and by what (push, mail, webhook).

`manage.py remind` runs the sender, beside the server. Any number of them may run at once.
"""
