/* The box a post is written in: a toolbar and its keys, and a tab with the text as it will look.
   Without this module one types Markdown by hand and previews with a second button. */
(() => {
  const around = { bold: "**", italic: "*", code: "`" };
  const before = { heading: () => "# ", list: () => "- ", numbers: (line) => `${line + 1}. `, quote: () => "> " };
  const marks = { heading: /^#{1,6} /, list: /^[-*] /, numbers: /^\d+[.)] /, quote: /^> ?/ };
  const keys = { b: "bold", i: "italic", k: "link" };

  /* Typing it for the writer keeps her way back (undo); the second way is for browsers that refuse. */
  function put(area, start, end, text, from, to) {
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(start + from, start + to);
  }

  function wrap(area, mark) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const inner = value.slice(start, end);
    const wide = mark.length;
    if (value.slice(start - wide, start) === mark && value.slice(end, end + wide) === mark)
      return put(area, start - wide, end + wide, inner, 0, inner.length);
    put(area, start, end, mark + inner + mark, wide, wide + inner.length);
  }

  function fence(area) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const inner = value.slice(start, end);
    const head = start && value[start - 1] !== "\n" ? "\n```\n" : "```\n";
    put(area, start, end, `${head}${inner}\n\`\`\`\n`, head.length, head.length + inner.length);
  }

  function link(area) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const inner = value.slice(start, end);
    if (/^https?:\/\/\S+$/.test(inner)) return put(area, start, end, `[](${inner})`, 1, 1);
    const at = inner.length + 3;
    put(area, start, end, `[${inner}](https://)`, inner ? at : 1, inner ? at + 8 : 1);
  }

  function lines(area, action) {
    const { selectionStart, selectionEnd, value } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const stop = value.indexOf("\n", selectionEnd);
    const end = stop < 0 ? value.length : stop;
    const old = value.slice(start, end).split("\n");
    const marked = old.every((line) => marks[action].test(line));
    const text = old
      .map((line, number) => (marked ? line.replace(marks[action], "") : before[action](number) + line))
      .join("\n");
    put(area, start, end, text, old.length > 1 ? 0 : text.length, text.length);
  }

  function format(area, action) {
    const several = area.value.slice(area.selectionStart, area.selectionEnd).includes("\n");
    if (action === "link") link(area);
    else if (action === "code" && several) fence(area);
    else if (around[action]) wrap(area, around[action]);
    else lines(area, action);
  }

  /* One stop of the Tab key for a row of buttons; arrows go on from there, in the reading direction. */
  function roving(row, buttons, moved) {
    row.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(row).direction === "rtl" ? -1 : 1);
      const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? (at + step + buttons.length) % buttons.length;
      if (at < 0 || Number.isNaN(to)) return;
      event.preventDefault();
      buttons[to].focus();
      moved?.(buttons[to]);
    });
    row.addEventListener("focusin", ({ target }) => {
      for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    });
  }

  function startTools(box, area) {
    const row = box.querySelector("[role=toolbar]");
    const buttons = [...row.querySelectorAll("[data-tool]")];
    buttons[0].tabIndex = 0;
    roving(row, buttons);
    row.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tool]");
      if (button) format(area, button.dataset.tool);
    });
    area.addEventListener("keydown", (event) => {
      const action = keys[event.key.toLowerCase()];
      if (!action || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      format(area, action);
    });
  }

  function startTabs(box) {
    const row = box.querySelector("[role=tablist]");
    const tabs = [...row.querySelectorAll("[role=tab]")];
    const show = (chosen) => {
      for (const tab of tabs) {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
      }
      box.querySelector("[role=toolbar]").hidden = chosen !== tabs[0];
    };
    roving(row, tabs, (tab) => tab.click());
    row.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) show(tab);
    });
    show(tabs[0]);
  }

  function start(box) {
    const area = box.querySelector("textarea");
    box.querySelector(".writing-bar").hidden = false;
    box.closest("form").querySelector("[data-preview]").hidden = true;
    startTools(box, area);
    startTabs(box);
  }

  document.querySelectorAll("[data-writing]").forEach(start);
})();
