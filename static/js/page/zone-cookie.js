/**
 * Tells the server the zone of this phone, so that "today" is the user's today: its name, and its offset in case the
 * browser cannot name it, or names one that is newer than the server.
 */
const YEAR = 365 * 24 * 3600;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const [, hours, minutes] = /GMT([+-]\d\d)(\d\d)/.exec(new Date().toString());

document.cookie = `tz=${encodeURIComponent(`${timeZone} ${hours}:${minutes}`)}; path=/; max-age=${YEAR}; SameSite=Lax`;
