/**
 * What every page of a user needs, each before what imports it: collected as one file (footcare/static_storage.py), so a name
 * at the top of one of these modules stands for one thing in all of them.
 */
import "./now.js";
import "./uuid.js";
import "./kept.js";
import "./days.js";
import "./in-time.js";
import "./entries.js";
import "./outbox.js";
import "./log-out.js";
import "./turn.js";
import "./courier.js";
import "./sent.js";
import "./drain.js";
import "./day-turn.js";
import "./taps.js";
import "./written.js";
import "./double-tap.js";
import "./facts.js";
import "./unsent.js";
import "./marks.js";
import "./pain.js";
import "./unsent-notice.js";
import "./refused.js";
import "./refresh.js";
import "./notices.js";
import "./unsent-before.js";
import "./press.js";
import "./badge.js";
import "./lasting.js";
import "./install-hint.js";
import "./worker.js";
import "./try-counted.js";
