/* Puts the words that were marked in the lesson into the field for the passage. */
(() => {
  "use strict";
  const details = document.querySelector("#report details");
  const field = document.getElementById("report_passage");
  const lesson = document.querySelector("article");
  const LONGEST = 1000;
  if (!details || !field || !lesson) return;

  let marked = "";
  let filled = "";
  const fill = () => {
    if (!details.open || !marked || field.value !== filled) return;
    field.value = filled = marked;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    if (!lesson.contains(chosen.getRangeAt(0).commonAncestorContainer)) return;
    marked = chosen.toString().trim().slice(0, LONGEST);
    fill();
  });
  details.addEventListener("toggle", fill);
})();
