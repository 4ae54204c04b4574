/** What the pages need on which a visitor tries it out, or takes that along: collected as one file, like app.js. */
import "./now.js";
import "./uuid.js";
import "./kept.js";
import "./days.js";
import "./try-out.js";
import "./try-page.js";
import "./try-offer.js";
