/** What every page of a user needs: stamps on ticks, one tap for one set, notices. */
import "./marks.js";
import "./notices.js";
import "./stamp.js";
