/* The review desk by keyboard: j and k walk the queue, 1 to 4 choose a level, f goes to the
   feedback, Control and Enter release. Letters do nothing while somebody types, and nothing at
   all where the person has switched them off: speech input would press them by accident. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-desk]");
  const links = [...document.querySelectorAll(".queue a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  const SWITCH = "bothways-desk-keys";
  const keys = document.querySelector("input[data-keys]");
  if (keys) {
    keys.closest("[hidden]").hidden = false;
    try { keys.checked = localStorage.getItem(SWITCH) !== "off"; } catch { /* no store: they are on */ }
    keys.addEventListener("change", () => {
      try { localStorage.setItem(SWITCH, keys.checked ? "on" : "off"); } catch { /* for this page only */ }
    });
  }
  const go = (step) => {
    const link = links[here + step];
    if (link) link.click();
  };
  const choose = (level) => {
    if (!form) return;
    const fields = [...form.querySelectorAll(".rubric fieldset:enabled")];
    const inside = document.activeElement.closest(".rubric fieldset:enabled");
    const target = inside || fields.find((field) => !field.querySelector(":checked"));
    const option = target && target.querySelectorAll("input[type=radio]")[level - 1];
    if (!option) return;
    option.checked = true;
    option.focus();
    option.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      const button = form.querySelector("button[name=release]");
      if (button) button.click();
      return;
    }
    const types = event.target.closest && event.target.closest("textarea, input:not([type=radio]), select");
    if (types || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys && !keys.checked) return;
    const key = event.key.toLowerCase();
    const feedback = form && form.elements.feedback;
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (key === "f" && feedback) { event.preventDefault(); feedback.focus(); }
    else if (/^[1-4]$/.test(event.key)) choose(Number(event.key));
  });
})();
