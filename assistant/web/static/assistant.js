// The page's own behaviour: opening sources beside the chat, copying an answer, remembering the language.
// Works on what the server has rendered and escaped; talks to no other host.
(() => {
  "use strict";
  const CLOSE = { zh: "关闭来源", en: "Close source" };
  const SOURCE = { zh: "来源", en: "Source" };
  const CHAT = { zh: "对话", en: "Conversation" };
  const OPEN = { zh: "单独打开", en: "Open on its own" };
  const COPIED = { zh: "已复制", en: "Copied" };
  const FAILED = { zh: "来源没有打开，请检查服务是否仍在运行。", en: "The source did not open. Is the server still running?" };
  const page = { language: "zh", chip: null, url: null };

  const panel = document.createElement("aside");
  panel.id = "pa-panel";
  panel.tabIndex = -1;
  panel.hidden = true;
  panel.innerHTML =
    '<div class="pa-panel-bar"><strong></strong><a target="_blank" rel="noopener"></a>' +
    '<button type="button">×</button></div><div class="pa-panel-body" aria-live="polite"></div>';
  const [title, alone, close] = panel.querySelectorAll("strong, a, button");
  const body = panel.querySelector(".pa-panel-body");

  function label() {
    title.textContent = SOURCE[page.language];
    alone.textContent = OPEN[page.language];
    close.title = CLOSE[page.language];
    close.setAttribute("aria-label", CLOSE[page.language]);
    panel.setAttribute("aria-label", SOURCE[page.language]);
  }

  function address(href, fragment) {
    const url = new URL(href, window.location.href);
    url.searchParams.set("lang", page.language);
    if (fragment) url.searchParams.set("fragment", "true");
    return url;
  }

  async function show(href) {
    page.url = href;
    alone.href = address(href, false).pathname + address(href, false).search;
    panel.hidden = false;
    document.body.classList.add("pa-open");
    body.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(address(href, true), { credentials: "same-origin" });
      if (page.url !== href) return; // another source was opened meanwhile
      if (!reply.ok && reply.status !== 404) throw new Error(String(reply.status));
      body.innerHTML = await reply.text();
    } catch {
      body.textContent = FAILED[page.language];
    }
    body.removeAttribute("aria-busy");
    const mark = body.querySelector("mark");
    body.scrollTop = 0;
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  function open(chip) {
    document.querySelectorAll("[aria-current=true]").forEach((old) => old.removeAttribute("aria-current"));
    chip.setAttribute("aria-current", "true");
    page.chip = chip;
    show(chip.getAttribute("href")).then(() => panel.focus({ preventScroll: true }));
  }

  function shut() {
    if (panel.hidden) return;
    panel.hidden = true;
    page.url = null;
    document.body.classList.remove("pa-open");
    document.querySelectorAll("[aria-current=true]").forEach((old) => old.removeAttribute("aria-current"));
    if (page.chip && page.chip.isConnected) page.chip.focus();
  }

  function text(answer) {
    const lines = [...answer.querySelectorAll(".pa-sentence")].map((sentence) => {
      const labels = [...sentence.querySelectorAll(".pa-cite")].map((chip) => `[${chip.textContent.trim()}]`);
      return sentence.firstElementChild.innerText + labels.join("");
    });
    const sources = [...answer.querySelectorAll(".pa-sources li")].map((row) => {
      const part = (css) => row.querySelector(css).innerText.trim();
      return `[${row.value}] ${part("b")} › ${part(".pa-clause")} (${part(".pa-state")})`;
    });
    return [lines.join("\n"), sources.join("\n")].filter(Boolean).join("\n\n");
  }

  async function copy(button) {
    const content = text(button.closest(".pa-answer"));
    try {
      await navigator.clipboard.writeText(content);
    } catch { // no clipboard outside a secure context: the old way
      const area = document.createElement("textarea");
      area.value = content;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = COPIED[page.language];
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.pa-cite, a.pa-source-link, a.pa-doc");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link);
      return;
    }
    const button = event.target.closest(".pa-copy, .pa-remove");
    if (button?.matches(".pa-copy")) copy(button);
    if (button?.matches(".pa-remove")) withdraw(button);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  close.addEventListener("click", shut);

  // Two repairs for screen readers. Gradio labels each message with its source text, which is markup here
  // and would be spelt out; and it strips the names of our links, which the title still holds.
  function name() {
    document.querySelectorAll("#pa-chat [data-testid][aria-label]").forEach((m) => m.removeAttribute("aria-label"));
    document.querySelectorAll("#pa-chat .pa-cite:not([aria-label])").forEach((c) => c.setAttribute("aria-label", c.title));
    document.querySelector("#pa-chat [role=log]")?.setAttribute("aria-label", CHAT[page.language]);
  }

  // A new question is kept at the top while its answer grows below, so that reading starts at the
  // beginning; whoever scrolls takes over.
  let asked = 0;
  let pinned = null;
  function follow() {
    const questions = document.querySelectorAll("#pa-chat .user-row");
    if (questions.length > asked) pinned = questions[questions.length - 1];
    asked = questions.length;
    if (!pinned || !pinned.isConnected) return;
    const log = pinned.closest("[role=log]");
    log.scrollTop += pinned.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  }
  for (const taking of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(taking, (event) => { if (event.target.closest?.("#pa-chat, #pa-panel")) pinned = null; }, { passive: true });
  }
  new MutationObserver(() => { name(); follow(); }).observe(document.body, { childList: true, subtree: true });

  // --- the documents: a list fetched when its tab is opened, narrowed as one types, added to by files ------

  async function view(selector) {
    const place = document.querySelector(`${selector} .pa-view`);
    if (!place) return;
    try {
      const reply = await fetch(address(place.dataset.from, true), { credentials: "same-origin" });
      if (!reply.ok) throw new Error(String(reply.status));
      place.innerHTML = await reply.text();
    } catch {
      place.textContent = FAILED[page.language];
    }
  }

  function narrow(box) {
    const wanted = box.value.trim().toLowerCase();
    box.closest(".pa-shelf").querySelectorAll("section").forEach((group) => {
      let left = 0;
      group.querySelectorAll("li").forEach((row) => {
        row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) left += 1;
      });
      group.hidden = left === 0;
    });
  }

  function line(list, text, tone) {
    const row = document.createElement("li");
    row.textContent = text;
    if (tone) row.className = `pa-${tone}`;
    list.append(row);
    return row;
  }

  async function follow_job(job, list) {
    const row = line(list, job.label);
    while (job.state === "waiting" || job.state === "reading") {
      await new Promise((resume) => setTimeout(resume, 500));
      const reply = await fetch(`/api/documents/jobs/${job.id}?lang=${page.language}`);
      if (!reply.ok) break;
      job = await reply.json();
      row.textContent = job.total ? `${job.label} ${job.done}/${job.total}` : job.label;
    }
    if (job.problem) { row.textContent = job.problem; row.className = "pa-bad"; return; }
    row.remove();
    await view("#pa-documents");
    const after = document.querySelector("#pa-documents .pa-progress");
    for (const file of job.files) {
      const good = ["added", "changed", "renamed", "superseded", "removed"].includes(file.outcome);
      line(after, [file.name, file.label, file.reason].filter(Boolean).join(" · "), good ? "good" : "bad");
    }
  }

  async function send(files) {
    const list = document.querySelector("#pa-documents .pa-progress");
    list.replaceChildren();
    const form = new FormData();
    for (const file of files) form.append("files", file);
    const row = line(list, "…");
    try {
      const reply = await fetch(`/api/documents?lang=${page.language}`, { method: "POST", body: form });
      const told = await reply.json();
      row.remove();
      if (told.error) { line(list, `${told.error.message} ${told.error.hint || ""}`, "bad"); return; }
      for (const refused of told.refused) line(list, `${refused.message} ${refused.hint}`, "bad");
      if (told.job) await follow_job(told.job, list);
    } catch {
      row.textContent = FAILED[page.language];
    }
  }

  async function withdraw(button) {
    button.disabled = true;
    const name = encodeURIComponent(button.dataset.file);
    const reply = await fetch(`/api/documents/${name}?lang=${page.language}`, { method: "DELETE" });
    const list = document.querySelector("#pa-documents .pa-progress");
    if (reply.ok) await follow_job((await reply.json()).job, list);
    else button.disabled = false;
  }

  document.addEventListener("input", (event) => { if (event.target.matches(".pa-filter input")) narrow(event.target); });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".pa-upload input[type=file]") && event.target.files.length) {
      send([...event.target.files]);
      event.target.value = "";
    }
  });
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.(".pa-upload");
      if (!zone) return;
      event.preventDefault();
      if (kind === "drop" && event.dataTransfer.files.length) send([...event.dataTransfer.files]);
    });
  }

  window.policyAssistant = {
    view,
    // Called by the page whenever its language is set.
    speak(language) {
      page.language = language === "en" ? "en" : "zh";
      document.documentElement.lang = page.language;
      document.cookie = `pa_language=${page.language};path=/;max-age=31536000;samesite=strict`;
      label();
      name();
      if (page.url) show(page.url);
      if (document.querySelector("#pa-documents .pa-shelf")) view("#pa-documents");
    },
  };
  label();
  document.body.append(panel);
})();
