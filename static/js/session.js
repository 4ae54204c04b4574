/**
 * What a session needs, each before what imports it: collected as one file, like app.js. The two share no state but
 * what is kept in the browser.
 */
import "./clock.js";
import "./kept.js";
import "./earcons.js";
import "./cue-track.js";
import "./voice.js";
import "./sound-check.js";
import "./cue-choices.js";
import "./cue-sheet.js";
import "./cues.js";
import "./short-cues.js";
import "./track-clock.js";
import "./coach.js";
import "./media-keys.js";
import "./one-tab.js";
import "./now.js";
import "./playback.js";
import "./run.js";
import "./screens.js";
import "./days.js";
import "./uuid.js";
import "./double-tap.js";
import "./session-store.js";
import "./session-report.js";
import "./drawing.js";
import "./stage.js";
import "./ticker.js";
import "./wake-lock.js";
import "./session-player.js";
