/** Tells the server the zone of this phone, so that "today" is the user's today. */
const YEAR = 365 * 24 * 3600;
const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);

document.cookie = `tz=${zone}; path=/; max-age=${YEAR}; SameSite=Lax`;
