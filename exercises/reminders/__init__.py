"""Reminders: a `Delivery` is one message by one channel, and its row says what became of it.

Who is due     choosing writes the deliveries; still_open, ways (by what a user is reminded)
At work        sender runs all of it; courier, one for each channel: claims, preparing (why one is not sent), clearing
By what        push (payload, vapid, slow_hosts), mail (stop_link), webhook (topic); job is what each of them is given
For a user     devices, later ("In 10 minutes"), trying and sample (of the page), message (the words), calendar_feed

`manage.py remind` is the sender. Any number of them may run at once.
"""
