/** The entries of the outbox in IndexedDB, for pages and for the service worker. */
const DATABASE = "outbox";
const ENTRIES = "entries";

/** Over it whoever has sent something tells all pages. */
export const CHANNEL = "outbox";

export function readEntries() {
  return transact("readonly", (entries) => entries.getAll());
}

/** `change` turns what stands under an id into what is to stand there; null takes it away. */
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

/** Opened for each transaction: an open database would keep the browser from keeping the page for Back. */
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
