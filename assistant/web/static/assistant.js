// The page's own behaviour: opening sources beside the chat, copying an answer, remembering the language.
// Works on what the server has rendered and escaped; talks to no other host.
(() => {
  "use strict";
  const CLOSE = { zh: "关闭来源", en: "Close source" };
  const SOURCE = { zh: "来源", en: "Source" };
  const CHAT = { zh: "对话", en: "Conversation" };
  const OPEN = { zh: "单独打开", en: "Open on its own" };
  const COPIED = { zh: "已复制", en: "Copied" };
  const FAILED = { zh: "没有打开，请检查服务是否仍在运行。", en: "It did not open. Is the server still running?" };
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
    if (page.url !== href) body.replaceChildren(); // never one source under the name of another
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
      const part = (css) => row.querySelector(css)?.innerText.trim();
      const title = [part("b"), part(".pa-number")].filter(Boolean).join(" ");
      return `[${row.value}] ${title} › ${part(".pa-clause")} (${part(".pa-state")})`;
    });
    const notes = [...answer.querySelectorAll(".pa-missing, .pa-conflict, .pa-note")].map((note) => note.innerText.trim());
    return [lines.join("\n"), ...notes, sources.join("\n")].filter(Boolean).join("\n\n");
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
    const button = event.target.closest(".pa-copy");
    if (button) copy(button);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  close.addEventListener("click", shut);

  // Two repairs for screen readers. Gradio labels each message with its source text, which is markup here
  // and would be spelt out; and it strips the names of our links, which the title still holds.
  function name() {
    document.querySelectorAll("#pa-chat [data-testid][aria-label]").forEach((m) => m.removeAttribute("aria-label"));
    document.querySelectorAll("#pa-chat .pa-cite:not([aria-label])").forEach((c) => c.setAttribute("aria-label", c.title));
    document.querySelectorAll("#pa-chat .example").forEach((e) => e.removeAttribute("aria-label")); // English, before its text
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

  window.policyAssistant = {
    address,
    failed: () => FAILED[page.language],
    // Called by the page whenever its language is set.
    speak(language) {
      page.language = language === "en" ? "en" : "zh";
      document.documentElement.lang = page.language;
      document.cookie = `pa_language=${page.language};path=/;max-age=31536000;samesite=strict`;
      label();
      name();
      if (page.url) show(page.url);
      document.dispatchEvent(new Event("pa-language"));
    },
  };
  label();
  document.body.append(panel);
})();
