/* What every page gets and no page needs: drafts kept while typing, two keys, menus that close. */
(() => {
  const drafts = "draft:";
  const sent = "sent";
  const find = (selector) => document.querySelector(selector);

  /* Drafts: <form data-draft="key" data-saved="Saved {time}"> with <output class="saved"> inside.
     A sent draft is dropped by the next page that is neither a fault nor the same form again. */
  const keyOf = (form) => drafts + (document.body.dataset.actor || "") + location.pathname + form.dataset.draft;
  const kept = (form) =>
    [...new FormData(form)].filter(([name, value]) => {
      const type = form.elements[name]?.type;
      return typeof value === "string" && type !== "hidden" && type !== "password";
    });

  function restore(form, pairs) {
    for (const field of form.elements) {
      if (!field.name || ["hidden", "password", "file", "submit"].includes(field.type)) continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) field.value = values[0];
    }
  }

  function keep(form) {
    const clock = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    localStorage.setItem(keyOf(form), JSON.stringify(kept(form)));
    const output = form.querySelector(".saved");
    if (output) output.textContent = form.dataset.saved.replace("{time}", clock);
  }

  function watch(form) {
    const draft = localStorage.getItem(keyOf(form));
    if (draft && !form.querySelector("[aria-invalid]")) restore(form, JSON.parse(draft));
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 400, form);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sessionStorage.setItem(sent, keyOf(form));
    });
  }

  function start() {
    const key = sessionStorage.getItem(sent);
    const forms = [...document.querySelectorAll("form[data-draft]")];
    if (key && !document.body.dataset.fault) {
      sessionStorage.removeItem(sent);
      if (!forms.some((form) => keyOf(form) === key && form.querySelector("[aria-invalid]"))) localStorage.removeItem(key);
    }
    forms.forEach(watch);
    for (const button of document.querySelectorAll("[data-print], [data-keys]")) button.hidden = false;
  }

  /* Signing out leaves no draft behind on a shared computer. */
  document.addEventListener("submit", ({ target }) => {
    if ("forget" in target.dataset)
      for (const key of Object.keys(localStorage)) if (key.startsWith(drafts)) localStorage.removeItem(key);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") find("details.menu[open]")?.removeAttribute("open");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/" && find("#find")) {
      event.preventDefault();
      find("#find").focus();
    }
    if (event.key === "?") find("#keys")?.showModal();
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    if (event.target.closest("[data-print]")) print();
    if (event.target.closest("[data-keys]")) find("#keys").showModal();
  });

  document.addEventListener("htmx:afterSettle", () => find("[autofocus]")?.focus());
  start();
})();
