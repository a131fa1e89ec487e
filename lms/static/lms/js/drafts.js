/* Drafts that survive a bad network. A form marked data-draft is kept on this device within a
   moment of each change and sent to the server when that can be reached; device.js owns the
   device. What the line under the text says is true at any moment: "On this device", "Saved",
   "Two versions", or "Not saved" where the device keeps nothing. */
(() => {
  "use strict";
  const device = window.bothways;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "base"]);
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const TAGS = { device: "tag", saved: "tag tag-done", two: "tag tag-two", stop: "tag tag-stop" };

  /* What the form holds; with `isServed` what the server had written into it. */
  const read = (form, isServed = false) => {
    const fields = {};
    for (const field of form.elements) {
      if (!field.name || SKIPPED.has(field.name) || /^(submit|button|fieldset)$/.test(field.type)) continue;
      const isRadio = field.type === "radio";
      if (isRadio && !(isServed ? field.defaultChecked : field.checked)) continue;
      fields[field.name] = isServed && !isRadio ? field.defaultValue : field.value;
    }
    return fields;
  };
  const write = (form, fields) => {
    for (const field of form.elements) {
      if (!(field.name in fields)) continue;
      if (field.type === "radio") field.checked = field.value === fields[field.name];
      else field.value = fields[field.name];
    }
  };

  const submitBy = (form, button) => {
    if (form.requestSubmit) { form.requestSubmit(button); return; }
    if (button && button.name) { // phones of before 2022
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    }
    form.submit();
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.draft;
      this.key = `${Date.now()} ${Math.random()}`;
      this.base = Number(form.elements.base.value);
      this.status = document.getElementById(form.dataset.status);
      this.keepsOther = form.dataset.keepsOther === "yes";
      this.isHeld = form.dataset.hold === "yes"; // the page shows two texts: only the person saves
      this.heldBase = this.base;
      this.saved = form.dataset.unsaved === "yes" ? "" : device.text(read(form, true));
      this.kept = ""; // on this device
      this.other = ""; // at the server, as the second of two versions
      this.doubt = null;
      this.isTwo = this.isHeld;
      this.isOver = false;
      this.detail = this.isHeld ? "look" : "";
      this.isSending = false;
      this.isBegun = false;
    }
    get fields() { return read(this.form); }
    get text() { return device.text(this.fields); }
    get isAtServer() { return this.text === this.saved || this.text === this.other; }

    /* Says where the words are, from what is known now. */
    show() {
      if (!this.status) return;
      const { text } = this;
      let state = this.kept === text ? "device" : "stop";
      if (this.isTwo) state = "two";
      else if (text === this.saved) state = "saved";
      const words = this.status.dataset;
      const tag = document.createElement("span");
      tag.className = TAGS[state];
      tag.textContent = words[state];
      const soft = document.createElement("span");
      soft.className = "soft";
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      soft.textContent = ` ${time}. ${words[this.detail] || ""}`;
      this.status.replaceChildren(tag, soft);
    }
    /* Keeps the words on this device. One put at a time: the last words win. */
    async note() {
      if (device.isShared || device.isLeaving) return;
      if (this.isNoting) { this.isNoteDue = true; return; }
      this.isNoting = true;
      try {
        do {
          this.isNoteDue = false;
          const { fields } = this;
          await device.keep({
            key: this.key, url: this.url, page: this.form.dataset.page, fields,
            base: this.isHeld ? this.heldBase : this.base, doubt: this.doubt, keepsOther: this.keepsOther,
          });
          this.kept = device.text(fields);
        } while (this.isNoteDue);
      } catch {
        this.kept = ""; // private window, full disk: the page works on, and says so
      } finally {
        this.isNoting = false;
      }
    }
    async changed() {
      clearTimeout(this.timer); // at a pause, and every few seconds where there is none
      this.since = this.since || Date.now();
      const delay = Math.max(0, Math.min(800, this.since + 5000 - Date.now()));
      this.timer = setTimeout(() => { this.since = 0; this.flush(); }, delay);
      await this.note();
      this.show();
    }
    listen() {
      this.form.addEventListener("input", () => { this.detail = this.isTwo ? this.detail : ""; this.changed(); });
      this.form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("online", () => this.flush());
      window.addEventListener("focus", () => this.flush());
      window.addEventListener("pagehide", () => this.flush(true));
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.flush(true); });
      window.addEventListener("beforeunload", (event) => {
        if (!device.isLeaving && !this.isAtServer && this.text !== this.kept) event.preventDefault();
      });
      device.flushers.push(async () => { await this.settle(); return this.isAtServer; });
      setInterval(() => this.flush(), 15000);
    }
    /* Waits for what is on its way, then sends what is left. */
    async settle() {
      for (let turn = 0; this.isSending && turn < 80; turn += 1) await wait(50);
      await this.flush();
    }
    /* The form goes the plain way once the words are at the server. The copy on this device stays
       until a page of the server shows that they arrived. Without a network the form stays here. */
    async submitted(event) {
      const button = event.submitter;
      if (this.isReady) {
        device.isLeaving = true;
        setTimeout(() => { device.isLeaving = this.isReady = false; }, 5000);
        return;
      }
      event.preventDefault();
      if (this.isSubmitting) return;
      this.isSubmitting = true;
      await wait(0); // a form cannot be submitted from within its own submit event
      await Promise.race([this.settle(), wait(8000)]);
      this.isSubmitting = false;
      if (navigator.onLine === false || this.detail === "offline") {
        this.detail = "offline";
        await this.note();
        this.show();
        return;
      }
      if (!this.isAtServer) {
        this.doubt = this.doubt || this.fields;
        await this.note();
      }
      this.isReady = true;
      this.form.elements.csrfmiddlewaretoken.value = device.token();
      submitBy(this.form, button);
    }

    async begin() {
      this.listen();
      if (this.saved !== this.text) this.show();
      const found = (await device.own().catch(() => [])).filter((record) => record.url === this.url).reverse();
      for (const { key } of found) {
        if (await device.hold(key, 1000)) { await this.adopt(key); break; }
      }
      if (!found.some(({ key }) => key === this.key)) device.hold(this.key, 1000);
      this.isBegun = true;
      this.flush();
    }
    /* Takes over what a closed window has left. Never writes over what is being typed here. */
    async adopt(key) {
      const record = await device.find(key).catch(() => undefined);
      if (!record || (this.text !== this.saved && this.saved)) return;
      if (device.text(record.fields) === this.saved) { await device.drop(key).catch(() => {}); return; }
      this.key = key;
      this.kept = device.text(record.fields);
      if (this.isHeld) { this.heldBase = record.base; return; }
      const isKnown = record.base === this.base || (record.doubt && device.text(record.doubt) === this.saved);
      if (!isKnown && this.keepsOther) { await this.meet(record); return; }
      write(this.form, record.fields);
      if (record.base === this.base) this.doubt = record.doubt;
      else if (!isKnown) this.base = Number(this.form.elements.base.value = record.base);
      this.show();
    }
    /* The server has a newer text: it gets this one as the second version, then shows both. */
    async meet(record) {
      const { doubt, fields } = record;
      this.base = record.base;
      try {
        if (doubt && device.text(doubt) !== device.text(fields)) {
          const first = await device.send(this.url, doubt, this.base);
          if (first.status === 200) this.base = first.data.version;
        }
        const { status } = await device.send(this.url, fields, this.base);
        if (status === 200 || status === 409) {
          await device.drop(this.key, fields);
          device.isLeaving = true;
          window.location.replace(this.form.dataset.page);
          return;
        }
      } catch {
        // Not reached: the person goes on with the words of this device.
      }
      write(this.form, fields);
      this.form.elements.base.value = this.base;
      this.doubt = doubt;
      this.show();
    }

    async flush(isLeaving = false) {
      if (!this.isBegun || this.isSending || this.isTwo || this.isOver || device.isLeaving) return;
      if (!this.doubt && this.text === this.saved) return;
      this.isSending = true;
      this.detail = "";
      try {
        while (!this.isTwo && (this.doubt || this.text !== this.saved)) {
          const fields = this.doubt || this.fields;
          this.doubt = fields;
          const noted = this.note();
          if (!isLeaving) await noted;
          const { status, data } = await device.send(this.url, fields, this.base, isLeaving);
          if (!await this.answered(status, data, fields)) break;
        }
      } catch {
        this.detail = "offline";
      } finally {
        this.isSending = false;
      }
      this.show();
    }
    /* True where the server has these words and the next may go. */
    async answered(status, data, fields) {
      if (status >= 500) { this.detail = "offline"; return false; }
      this.doubt = null;
      if (status === 200) {
        this.base = data.version;
        this.form.elements.base.value = data.version;
        this.saved = device.text(fields);
        this.detail = data.marks ? "marks" : "";
        if (this.text === this.saved) await this.forget(fields);
        else await this.note();
        return true;
      }
      if (status === 409) {
        this.isTwo = true;
        this.detail = "look";
        if (this.keepsOther) {
          this.other = device.text(fields);
          if (this.text === this.other) await this.forget(fields);
        }
        return false;
      }
      this.detail = { 401: "signin", 403: "signin", 404: "gone", 413: "long", 422: "long", 423: "sent" }[status] || "offline";
      this.isOver = status === 423;
      await this.note();
      return false;
    }
    async forget(fields) {
      this.kept = "";
      await device.drop(this.key, fields).catch(() => {});
    }
  }

  if (device && device.person) {
    document.querySelectorAll("form[data-draft]").forEach((form) => new Draft(form).begin());
  }
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
