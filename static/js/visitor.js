/** What a visitor's pages need for the trial; each module starts itself. Collected as one file, like app.js. */
import "./trial/page.js";
import "./trial/sign-up-offer.js";
