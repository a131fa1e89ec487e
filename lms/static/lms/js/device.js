/* What is kept on this device until the server has it, on every page of a signed-in person.
   A record is one text of one window: {key, person, url, page, fields, base, doubt, at, keepsOther}.
   `doubt` is what was sent without an answer: it goes again, as it was, before anything newer does.
   Records are somebody's own: nobody else sees them, sends them, or deletes them. At sign-out the
   person's records are sent; what could not be sent is asked about, then wiped. */
window.bothways = (() => {
  "use strict";
  const STORE = "drafts";
  const person = document.body.dataset.user || "";
  const isShared = document.body.dataset.shared === "yes";
  const SMALL = 30000; // what a closing page may still send
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const within = (ms, work) => Promise.race([work, wait(ms).then(() => { throw new Error("too slow"); })]);

  let opened = null;
  const open = () => {
    if (opened) return opened;
    opened = within(3000, new Promise((done, fail) => {
      const asked = indexedDB.open("bothways", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => {
        asked.result.onclose = () => { opened = null; };
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        done(asked.result);
      };
      asked.onerror = asked.onblocked = () => fail(asked.error);
    }));
    opened.catch(() => { opened = null; });
    return opened;
  };
  const inStore = async (mode, work) => {
    const base = await open();
    return within(5000, new Promise((done, fail) => {
      const transaction = base.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request && request.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    }));
  };
  const text = (fields) => JSON.stringify(fields).normalize("NFC");
  const keep = (record) => inStore("readwrite", (store) => store.put({ ...record, person, at: Date.now() }));
  /* Deletes a record, but not one that was written on since it was read. */
  const drop = (key, fields) => inStore("readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => {
      if (asked.result && (!fields || text(asked.result.fields) === text(fields))) store.delete(key);
    };
  });
  const find = (key) => inStore("readonly", (store) => store.get(key));
  const own = async () => {
    const found = await inStore("readonly", (store) => store.getAll());
    return found.filter((record) => record.person === person).sort((one, other) => one.at - other.at);
  };

  /* A window holds the lock of its record as long as it is open; others leave that record alone. */
  const hold = (key, patience) => new Promise((answer) => {
    if (!navigator.locks) { answer(() => {}); return; }
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), patience);
    navigator.locks.request(`bothways ${key}`, { signal: stop.signal }, () => {
      clearTimeout(late);
      return new Promise((release) => { answer(release); });
    }).catch(() => answer(null));
  });

  const token = () => {
    const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie); // fresh after a new sign-in
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : (field && field.value) || "";
  };
  const send = async (url, fields, base, isLeaving = false) => {
    const body = JSON.stringify({ fields, base });
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 30000);
    try {
      const answer = await fetch(url, {
        method: "POST",
        redirect: "error",
        keepalive: isLeaving && body.length < SMALL,
        signal: stop.signal,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body,
      });
      const isJSON = (answer.headers.get("Content-Type") || "").includes("json");
      return { status: answer.status, data: isJSON ? await answer.json() : {} };
    } finally {
      clearTimeout(late);
    }
  };

  /* Sends a record; true when the server has its words. */
  const deliver = async (record) => {
    let { base } = record;
    if (record.doubt && text(record.doubt) !== text(record.fields)) {
      const first = await send(record.url, record.doubt, base);
      if (first.status === 200) base = first.data.version;
      else if (first.status >= 500) return false;
    }
    const { status } = await send(record.url, record.fields, base);
    return status === 200 || (status === 409 && record.keepsOther);
  };
  /* Sends what windows that are closed now have left. Forms of this page look after their own. */
  const drain = async () => {
    const here = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => form.dataset.draft));
    for (const { key } of (await own()).filter((record) => !here.has(record.url))) {
      const release = await hold(key, 200);
      if (!release) continue;
      try {
        const record = await find(key);
        if (record && await deliver(record)) await drop(key, record.fields);
      } catch {
        // The network is away: the record stays.
      } finally {
        release();
      }
    }
    return (await own()).filter((record) => !here.has(record.url));
  };
  const wipe = async () => { for (const { key } of await own()) await drop(key); };

  const notice = document.getElementById("device-words");
  const flushers = []; // of the forms on this page: each says whether the server has all words
  const flushAll = async () => (await Promise.all(flushers.map((flush) => flush()))).every(Boolean);

  const leave = async (form) => {
    const isAllSent = await within(8000, flushAll()).catch(() => false);
    const left = await within(8000, drain().then(own)).catch(() => []);
    if ((left.length || !isAllSent) && !window.confirm(notice.dataset.ask)) return;
    await within(3000, wipe()).catch(() => {});
    window.bothways.isLeaving = true;
    form.submit();
  };
  const start = () => {
    if (!person) return;
    document.querySelectorAll('form[action$="/accounts/logout/"]').forEach((form) => {
      form.addEventListener("submit", (event) => { event.preventDefault(); leave(form); });
    });
    document.querySelectorAll("form[data-drops]").forEach((form) => {
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        window.bothways.isLeaving = true;
        const gone = (await own().catch(() => [])).filter((record) => record.url === form.dataset.drops);
        await Promise.all(gone.map((record) => drop(record.key))).catch(() => {});
        form.submit();
      });
    });
    const look = () => drain().then((left) => {
      if (notice) notice.hidden = !left.length;
      document.dispatchEvent(new CustomEvent("bothways:kept", { detail: left }));
    }, () => {});
    look();
    window.addEventListener("online", look);
  };
  document.addEventListener("DOMContentLoaded", start);
  return { person, isShared, text, keep, drop, find, own, hold, token, send, flushers, isLeaving: false };
})();
