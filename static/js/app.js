/**
 * What every page of a user needs. A module starts itself when it is loaded, so this is a list of those that must start;
 * what they need comes by their own imports. They are collected as one file (footcare/static_storage.py), in which a
 * name at the top of a module stands for one thing in all of them.
 */
import "./lib/htmx-config.js";
import "./lib/double-tap.js";
import "./outbox/broadcast.js";
import "./outbox/fact-forms.js";
import "./outbox/facts.js";
import "./outbox/htmx-taps.js";
import "./outbox/notice.js";
import "./outbox/persist-storage.js";
import "./outbox/rejected-list.js";
import "./outbox/sender.js";
import "./page/install-hint.js";
import "./page/late-drawings.js";
import "./page/log-out.js";
import "./page/midnight.js";
import "./page/open-details.js";
import "./page/press-through-swap.js";
import "./page/refresh-region.js";
import "./page/said.js";
import "./page/toasts.js";
import "./today/today.js";
import "./today/pain-question.js";
import "./trial/claim.js";
import "./worker/register.js";
