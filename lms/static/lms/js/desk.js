/* The review desk by keyboard: j and k walk the queue, 1 to 4 choose a level, f goes to the
   feedback, Control and Enter release. Letters do nothing while somebody types. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-desk]");
  const links = [...document.querySelectorAll(".queue a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  const go = (step) => {
    const link = links[here + step];
    if (link) link.click();
  };
  const choose = (level) => {
    if (!form) return;
    const fields = [...form.querySelectorAll(".rubric fieldset")];
    const inside = document.activeElement.closest(".rubric fieldset");
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
    const types = event.target.closest("textarea, input:not([type=radio]), select");
    if (types || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "f" && form) { event.preventDefault(); form.elements.feedback.focus(); }
    else if (/^[1-4]$/.test(event.key)) choose(Number(event.key));
  });
})();
