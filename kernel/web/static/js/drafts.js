/* Drafts that follow their writer to another device. app.js keeps what is typed in this browser, at once and
   without a connection; this keeps it in the network as well, a moment later and when the line is back. */
(() => {
  const wait = 1500;
  const time = () => new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });

  function start(box) {
    const area = box.querySelector("textarea");
    const { form } = area;
    const { draftUrl, topic, group, change, offline, newer, take } = box.dataset;
    const key = `draft:kept:${document.body.dataset.actor}:${topic || location.pathname}`;
    const said = form.querySelector(".saved");
    const field = (name) => form.elements[name];
    let timer;
    let sent = false;
    let kept = JSON.parse(localStorage.getItem(key) || "{}");

    const place = () => {
      if (change) return { post_id: change };
      return topic ? { topic_id: topic } : { group_id: field("group_id")?.value || group || "" };
    };
    const typed = () => ({
      body: area.value,
      title: field("title")?.value || "",
      language: field("language")?.value || "",
      ...place(),
    });
    const text = ({ title, body }) => `${title || ""}\n${body || ""}`;
    const remember = (draft) => {
      kept = draft ? { id: draft.id, at: draft.saved_at, text: text(draft).trim() } : {};
      localStorage.setItem(key, JSON.stringify(kept));
    };

    /* app.js keeps what is put here too; it need not be sent back to where it came from. */
    function put(body) {
      area.value = body;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      clearTimeout(timer);
    }

    function fill(draft) {
      for (const name of ["title", "language"]) if (field(name)) field(name).value = draft[name];
      if (draft.group_id && field("group_id") instanceof RadioNodeList) field("group_id").value = draft.group_id;
      put(draft.body);
      said.textContent = draft.said;
      remember(draft);
    }

    async function save() {
      const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
      const body = new URLSearchParams({ ...typed(), draft_id: kept.id || "" });
      const answer = await fetch(draftUrl, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
      if (sent) return;
      if (!answer) {
        said.textContent = offline.replace("{time}", time());
      } else if (answer.status === 404 && kept.id) {
          /* It was discarded or posted elsewhere: what is typed here begins a new one. */
        remember(null);
        save();
      } else if (answer.ok) {
        const draft = await answer.json();
        remember(draft);
        said.textContent = draft?.said || "";
      }
    }

    function later() {
      clearTimeout(timer);
      if (!sent) timer = setTimeout(save, wait);
    }

    /* Both went on: what stands here stays, and the other is one button away. */
    function offer(draft) {
      const note = document.createElement("p");
      const button = document.createElement("button");
      note.className = "hint";
      note.role = "status";
      note.textContent = `${newer} `;
      button.type = "button";
      button.className = "btn quiet small";
      button.textContent = take;
      button.addEventListener("click", () => {
        fill(draft);
        note.remove();
        area.focus();
      });
      note.append(button);
      area.before(note);
    }

    async function meet() {
      const answer = await fetch(`${draftUrl}?${new URLSearchParams(place())}`).catch(() => null);
      if (!answer?.ok) return;
      const draft = await answer.json();
      const here = text(typed()).trim();
      const untouched = area.value === area.defaultValue;
      if (!draft) {
        if (here && here === kept.text) put(area.defaultValue);
        remember(null);
      } else if (!here || here === kept.text) fill(draft);
      else if (here === text(draft).trim()) remember(draft);
      else if (draft.saved_at === kept.at && !untouched) save();
      else offer(draft);
    }

    form.addEventListener("input", later);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sent = true;
      localStorage.removeItem(key);
    });
    addEventListener("online", later);
    if (!form.querySelector("[aria-invalid]")) meet();
  }

  document.querySelectorAll("[data-draft-url]").forEach(start);
})();
