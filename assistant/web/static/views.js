// The tabs beside the chat: parts rendered by the server, fetched when their tab is opened. Inside one, links
// (.pa-go) and forms (.pa-form) replace the part they stand in, so that nothing else on the page is lost.
(() => {
  "use strict";
  const app = window.policyAssistant;

  const shown = (place) => place.dataset.now || place.dataset.from;

  function put(place, html) {
    const told = place.querySelector(".pa-progress"); // what became of files sent meanwhile
    place.innerHTML = html;
    if (told) place.querySelector(".pa-progress")?.replaceWith(told);
    place.dispatchEvent(new Event("pa-put", { bubbles: true }));
  }

  async function load(place, href, options = {}) {
    place.setAttribute("aria-busy", "true");
    const turn = (place.turn = (place.turn || 0) + 1);
    try {
      const reply = await fetch(app.address(href, true), { credentials: "same-origin", ...options });
      if (!reply.headers.get("content-type")?.startsWith("text/html")) throw new Error(String(reply.status));
      const html = await reply.text();
      if (place.turn === turn) put(place, html); // else something newer was asked for
    } catch {
      if (place.turn === turn) line(place, app.failed());
    }
    place.removeAttribute("aria-busy");
  }

  function line(place, text) {
    const told = document.createElement("p");
    told.className = "pa-problem";
    told.setAttribute("role", "alert");
    told.textContent = text;
    place.prepend(told);
  }

  async function go(place, href, options) {
    if (!options) place.dataset.now = href;
    await load(place, href, options);
    const first = place.querySelector("[aria-invalid=true]") || place.querySelector(".pa-result, [tabindex='-1']");
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: first.matches("[aria-invalid=true]") ? "center" : "start" });
  }

  // What a form holds goes to the server and nowhere else; it is not kept there either.
  function submit(form, button) {
    const place = form.closest(".pa-view");
    const content = new FormData(form, button);
    const action = button?.getAttribute("formaction") || form.getAttribute("action");
    if (button?.hasAttribute("data-save")) return save(place, action, content, button);
    if (form.method === "get") return go(place, `${action}?${new URLSearchParams(content)}`);
    return go(place, action, { method: "POST", body: content });
  }

  async function save(place, action, content, button) {
    try {
      const reply = await fetch(app.address(action, false), { method: "POST", body: content });
      if (!reply.ok) throw new Error(String(reply.status));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await reply.blob());
      link.download = button.dataset.save;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch {
      line(place, app.failed());
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".pa-view a.pa-go");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.closest(".pa-view"), link.getAttribute("href"));
  });
  document.addEventListener("click", (event) => {
    const to = event.target.closest(".pa-view [data-to-field], .pa-view [data-clears]");
    if (!to) return;
    event.preventDefault();
    if (to.matches("[data-clears]")) { go(to.closest(".pa-view"), to.getAttribute("href")); return; }
    const field = document.getElementById(to.hash.slice(1));
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".pa-view .pa-form")) return;
    event.preventDefault();
    submit(event.target, event.submitter);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".pa-view .pa-form [data-redraw]")) submit(event.target.form, event.target.form.querySelector("[data-redraws]"));
  });
  document.addEventListener("pa-language", () => {
    for (const place of document.querySelectorAll(".pa-view")) {
      const form = place.querySelector("form[data-keep]");
      if (form) submit(form, form.querySelector(form.dataset.keep));
      else if (place.innerHTML) load(place, shown(place));
    }
  });

  app.load = load;
  // Called when a tab is opened: what is being filled in stays, lists are fetched anew.
  app.view = (selector) => {
    const place = document.querySelector(`${selector} .pa-view`);
    if (place && !place.querySelector("form[data-keep]")) return load(place, shown(place));
  };
})();
