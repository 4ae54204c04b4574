/**
 * Tells the server the zone of this phone, so that "today" is the user's today: its name, and its offset in case the
 * browser cannot name it, or names one that is newer than the server.
 */
import { isoWithOffset, phoneZone } from "../lib/phone-time.js";

const YEAR = 365 * 24 * 3600;
const OFFSET = "+01:00".length;
const zone = encodeURIComponent(`${phoneZone()} ${isoWithOffset(new Date()).slice(-OFFSET)}`);

document.cookie = `tz=${zone}; path=/; max-age=${YEAR}; SameSite=Lax`;
