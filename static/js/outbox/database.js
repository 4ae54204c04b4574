/** The entries of the outbox in IndexedDB, for pages and for the service worker. */
const DATABASE = "outbox";
const ENTRIES = "entries";

/** After sending something, a sender tells all pages on this channel. */
export const CHANNEL = "outbox";

export function readEntries() {
  return transact("readonly", (entries) => entries.getAll());
}

/** `change` maps the entry of an id (or undefined) to its new value; null deletes it. */
export function updateEntries(ids, change) {
  return transact("readwrite", (entries) => {
    for (const id of ids) {
      entries.index("id").get(id).onsuccess = ({ target: { result: before } }) => {
        const after = change(before);
        if (after) entries.put(after);
        else if (before) entries.delete(before.seq);
      };
    }
  });
}

/** Opens the database for each transaction: an open one would keep the page out of the browser's Back cache. */
async function transact(mode, act) {
  const database = await openDatabase();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(ENTRIES, mode, { durability: "strict" });
    const request = act(transaction.objectStore(ENTRIES));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  }).finally(() => database.close());
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore(ENTRIES, { keyPath: "seq", autoIncrement: true });
      entries.createIndex("id", "id", { unique: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
