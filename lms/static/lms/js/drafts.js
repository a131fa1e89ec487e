/* Drafts that survive a bad network. A form marked data-draft is kept on this device within a
   moment of each change and sent to the server when that can be reached. Three states, all true:
   "On this device", "Saved", "Two versions". Drafts are kept by person and are wiped at sign-out;
   on a shared computer nothing is kept on the device. */
(() => {
  "use strict";
  const STORE = "drafts";
  const person = document.body.dataset.user || "";
  const shared = document.body.dataset.shared === "yes";
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("bothways", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const inStore = async (mode, work) => {
    const base = await open();
    return new Promise((done, fail) => {
      const transaction = base.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => { base.close(); done(request && request.result); };
      transaction.onerror = transaction.onabort = () => { base.close(); fail(transaction.error); };
    });
  };
  const keep = (draft) => inStore("readwrite", (store) => store.put(draft));
  const drop = (key) => inStore("readwrite", (store) => store.delete(key));
  const find = (key) => inStore("readonly", (store) => store.get(key));
  const all = () => inStore("readonly", (store) => store.getAll());
  const wipe = () => inStore("readwrite", (store) => store.clear());

  const token = () => {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };
  const send = async (url, fields, base) => {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ fields, base }),
    });
    const data = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    return { status: answer.status, data };
  };

  document.querySelectorAll('form[action*="logout"]').forEach((form) => {
    form.addEventListener("submit", () => { wipe().catch(() => {}); });
  });
  if (!person) return;

  const read = (form) => {
    const fields = {};
    new FormData(form).forEach((value, name) => {
      if (name !== "csrfmiddlewaretoken" && name !== "base" && typeof value === "string") fields[name] = value;
    });
    return fields;
  };
  const write = (form, fields) => {
    Object.entries(fields).forEach(([name, value]) => {
      form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      });
    });
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.draft;
      this.key = `${person} ${this.url}`;
      this.base = Number(form.elements.base.value);
      this.status = document.getElementById(form.dataset.status);
      this.kept = JSON.stringify(read(form));
      this.isSending = false;
      this.isOver = false;
    }
    say(state, detail) {
      if (!this.status) return;
      const words = this.status.dataset;
      const tag = document.createElement("span");
      tag.className = { device: "tag", saved: "tag tag-done", two: "tag tag-two", stop: "tag tag-stop" }[state];
      tag.textContent = words[state];
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      const soft = document.createElement("span");
      soft.className = "soft";
      soft.textContent = ` ${time}. ${detail ? words[detail] || "" : ""}`;
      this.status.replaceChildren(tag, soft);
    }
    async begin() {
      if (!shared) {
        const found = await find(this.key).catch(() => undefined);
        if (found) {
          write(this.form, found.fields);
          this.base = found.base;
          this.form.elements.base.value = found.base;
          this.kept = "";
          this.say("device");
          this.flush();
        }
      }
      this.form.addEventListener("input", () => this.changed());
      this.form.addEventListener("submit", () => { if (!shared) drop(this.key).catch(() => {}); });
      window.addEventListener("online", () => this.flush());
      window.addEventListener("focus", () => this.flush());
      setInterval(() => this.flush(), 15000);
    }
    async changed() {
      if (!shared) {
        await keep({ key: this.key, person, url: this.url, fields: read(this.form), base: this.base, at: Date.now() })
          .then(() => this.say("device"), () => {});
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), 800);
    }
    async flush() {
      if (this.isSending || this.isOver) return;
      const fields = read(this.form);
      const text = JSON.stringify(fields);
      if (text === this.kept) return;
      this.isSending = true;
      try {
        const { status, data } = await send(this.url, fields, this.base);
        await this.answered(status, data, text);
      } catch {
        this.say("device", "offline");
      } finally {
        this.isSending = false;
      }
      if (!this.isOver && JSON.stringify(read(this.form)) !== text) { await wait(300); this.flush(); }
    }
    async answered(status, data, text) {
      if (status === 200) {
        this.base = data.version;
        this.form.elements.base.value = data.version;
        this.kept = text;
        if (JSON.stringify(read(this.form)) === text) {
          if (!shared) await drop(this.key).catch(() => {});
          this.say("saved", data.marks ? "marks" : "");
        }
      } else if (status === 409) {
        this.isOver = true;
        this.say("two", "look");
        if (this.form.dataset.keepsOther === "yes" && !shared) await drop(this.key).catch(() => {});
      } else if (status === 401 || status === 403) {
        this.say("device", "signin");
      } else if (status === 422) {
        this.say("stop", "long");
      } else if (status === 423 || status === 404) {
        this.isOver = true;
        this.say("stop", "sent");
      } else {
        this.say("device", "offline");
      }
    }
  }

  const drain = async () => {
    if (shared) return;
    const here = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => `${person} ${form.dataset.draft}`));
    const drafts = (await all().catch(() => [])).filter((d) => d.person === person && !here.has(d.key));
    for (const draft of drafts.sort((a, b) => a.at - b.at)) {
      const { status } = await send(draft.url, draft.fields, draft.base).catch(() => ({ status: 0 }));
      if (status === 200 || (status === 409 && draft.url.includes("/journal/"))) await drop(draft.key);
    }
  };

  document.querySelectorAll("form[data-draft]").forEach((form) => new Draft(form).begin());
  if (token()) drain();

  document.querySelectorAll("[data-starter]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.starter);
      const gap = field.value && !/\s$/.test(field.value) ? " " : "";
      field.setRangeText(gap + button.textContent.replace("…", ""), field.selectionEnd, field.selectionEnd, "end");
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
