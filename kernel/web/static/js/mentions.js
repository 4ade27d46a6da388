/* People offered while "@" and the beginning of a name are typed in a box for posts. The list is the
   server's; the focus stays in the text, aria-activedescendant tells which person Enter would take. */
(() => {
  const begun = /(^|[\s(>*_])@([^\s@[\]]{1,40}(?: [^\s@[\]]{1,40})?)$/;
  const wait = 200;

  function start(box) {
    const area = box.querySelector("textarea");
    const list = box.querySelector("[role=listbox]");
    const status = list.nextElementSibling;
    let timer;
    let asked = 0;
    let at = -1;

    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", list.id);

    function option({ name, organisation, mention }, number) {
      const item = document.createElement("li");
      const words = [name, organisation].filter(Boolean).map((text) => Object.assign(document.createElement("bdi"), { textContent: text }));
      Object.assign(item, { id: `mention-${number}`, role: "option" });
      item.dataset.mention = mention;
      item.append(...words);
      return item;
    }

    function nobody(name) {
      const item = document.createElement("li");
      item.role = "option";
      item.ariaDisabled = "true";
      item.textContent = box.dataset.nobody.replace("{name}", name);
      return item;
    }

    const options = () => [...list.querySelectorAll("[data-mention]")];

    function close() {
      clearTimeout(timer);
      asked += 1;
      at = -1;
      list.hidden = true;
      status.textContent = "";
      area.removeAttribute("aria-activedescendant");
    }

    function choose(to) {
      const all = options();
      at = (to + all.length) % all.length;
      all.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      all[at].scrollIntoView({ block: "nearest" });
      area.setAttribute("aria-activedescendant", all[at].id);
    }

    function take(option) {
      const end = area.selectionStart;
      const start = end - area.value.slice(0, end).match(begun)[2].length - 1;
      const text = `${option.dataset.mention} `;
      close();
      area.focus();
      area.setSelectionRange(start, end);
      if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
      close();
    }

    async function offer(name) {
      const mine = ++asked;
      const group = box.dataset.group || area.form.elements.group_id?.value || "";
      const place = box.dataset.topic ? { topic_id: box.dataset.topic } : { group_id: group };
      const answer = await fetch(`${box.dataset.people}?${new URLSearchParams({ ...place, q: name })}`).catch(() => null);
      if (!answer?.ok || mine !== asked) return;
      const people = await answer.json();
      if (mine !== asked) return;
      list.replaceChildren(...(people.length ? people.map(option) : [nobody(name)]));
      list.hidden = false;
      if (options().length) {
        choose(0);
        status.textContent = status.dataset.count;
      } else {
        area.removeAttribute("aria-activedescendant");
        status.textContent = list.textContent;
      }
    }

    area.addEventListener("input", () => {
      clearTimeout(timer);
      const found = area.value.slice(0, area.selectionStart).match(begun);
      if (found) timer = setTimeout(offer, wait, found[2]);
      else close();
    });

    area.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "Escape") close();
      else if (!options().length) return;
      else if (event.key === "ArrowDown") choose(at + 1);
      else if (event.key === "ArrowUp") choose(at - 1);
      else if (event.key === "Enter" || event.key === "Tab") take(options()[at]);
      else return;
      event.preventDefault();
    });

    area.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[data-mention]");
      if (option) take(option);
    });
  }

  document.querySelectorAll("[data-writing]").forEach(start);
})();
