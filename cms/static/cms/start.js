/* Starts what Wagtail would start with inline scripts, which our content policy refuses.
   A hidden span names a global function or class, an id and JSON options. */
(() => {
  const start = (node) => {
    if (node.dataset.bwDone || node.closest("template")) return;
    const { bwCall, bwNew, bwId, bwOpts } = node.dataset;
    const known = bwCall || bwNew;
    const options = JSON.parse(bwOpts || "{}");
    if (typeof window[known] !== "function") return;
    if (bwId !== undefined && (/__(ID|prefix)__/.test(bwId) || !document.getElementById(bwId))) return;
    node.dataset.bwDone = "yes";
    const args = bwId === undefined ? [options] : [bwId, options];
    if (bwCall) window[known](...args);
    else new window[known](...args);
  };
  const scan = (root) => {
    if (root.matches && root.matches("[data-bw-call],[data-bw-new]")) start(root);
    if (root.querySelectorAll) root.querySelectorAll("[data-bw-call],[data-bw-new]").forEach(start);
  };
  document.addEventListener("DOMContentLoaded", () => {
    scan(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach(scan));
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
