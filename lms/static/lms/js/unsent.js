/* Words that are only on this device, shown to the person who wrote them. */
(() => {
  "use strict";
  const device = window.bothways;
  const section = document.getElementById("kept");
  const row = document.getElementById("kept-row");
  if (!device || !section || !row) return;

  const show = (record) => {
    const item = row.content.cloneNode(true).firstElementChild;
    const time = item.querySelector("time");
    const at = new Date(record.at);
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    item.querySelector(".prewrap").textContent = record.fields.body || record.fields.feedback || "";
    item.querySelector("a").href = record.page;
    item.querySelector("button").addEventListener("click", async () => {
      await device.drop(record.key);
      item.remove();
      section.hidden = !section.querySelector("li");
      document.getElementById("device-words").hidden = section.hidden;
    });
    return item;
  };
  document.addEventListener("bothways:kept", ({ detail }) => {
    section.querySelector("ol").replaceChildren(...detail.map(show));
    section.hidden = !detail.length;
    const nothing = document.getElementById("nothing");
    if (nothing) nothing.hidden = detail.length > 0;
  });
})();
