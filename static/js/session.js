/**
 * What a session needs: it starts with its elements. Collected as one file, like app.js; the two share nothing but what
 * is stored in the browser.
 */
import "./coach/cue-settings.js";
import "./coach/session-player.js";
import "./coach/step-forms.js";
