/* Reading a topic by keyboard: j and k go from post to post, r answers, q quotes, m marks. All of it is
   also a link or a button. */
(() => {
  const posts = () => [...document.querySelectorAll("[data-post]")];
  const current = () =>
    document.activeElement.closest("[data-post]") ?? document.querySelector("[data-post]:target");

  /* Where no post has the focus, the next one is the first that begins below the top of the window. */
  function step(by) {
    const all = posts();
    const at = all.indexOf(current());
    const below = all.findIndex((post) => post.getBoundingClientRect().top > 1);
    const from = below < 0 ? all.length : below;
    const next = at >= 0 ? at + by : by > 0 ? from : from - 1;
    const post = all[Math.max(0, Math.min(all.length - 1, next))];
    post?.focus({ preventScroll: true });
    post?.scrollIntoView({ block: "start" });
  }

  const press = (key) => current()?.querySelector(`[data-key="${key}"]`)?.click();
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    r: () => document.querySelector("#body")?.focus(),
    q: () => press("q"),
    m: () => press("m"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !posts().length) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const more = document.querySelector("#topic-keys");
  if (more) document.querySelector("#keys .facts")?.append(more.content);
  /* The browser goes to the fragment once the page is there, and would take the focus along. */
  addEventListener("load", () => {
    if (location.hash === "#answer-title") setTimeout(() => document.querySelector("#body")?.focus());
  });
})();
