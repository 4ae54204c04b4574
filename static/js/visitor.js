/** What the pages of a visitor need; each module starts itself. Collected as one file, like app.js. */
import "./lib/double-tap.js";
import "./page/show-password.js";
import "./trial/page.js";
import "./trial/sign-up-offer.js";
