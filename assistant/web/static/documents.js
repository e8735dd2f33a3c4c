// The documents: a list narrowed as one types and chooses, and added to by files.
(() => {
  "use strict";
  const app = window.policyAssistant;
  const SIGNS = { good: "✓ ", bad: "✕ " };
  const wanted = { text: "", level: "", tone: "" }; // kept while the list is fetched anew

  function narrow(place) {
    const fits = (row) =>
      row.textContent.toLowerCase().includes(wanted.text.trim().toLowerCase()) &&
      ["level", "tone"].every((name) => !wanted[name] || row.dataset[name] === wanted[name]);
    let left = 0;
    for (const group of place.querySelectorAll(".pa-shelf section")) {
      const rows = [...group.querySelectorAll("li")];
      rows.forEach((row) => { row.hidden = !fits(row); });
      const shown = rows.filter((row) => !row.hidden).length;
      group.hidden = !shown;
      group.querySelector("h2 small").textContent = shown;
      left += shown;
    }
    place.querySelector(".pa-shelf [role=status]").hidden = left > 0;
  }

  function line(list, text, tone, instrument) {
    const row = document.createElement("li");
    if (instrument) {
      const link = document.createElement("a");
      link.className = "pa-doc";
      link.href = `/instrument/${encodeURIComponent(instrument)}`;
      link.textContent = text;
      row.append(SIGNS[tone], link);
    } else {
      row.textContent = (SIGNS[tone] || "") + text;
    }
    if (tone) row.className = `pa-${tone}`;
    list.append(row);
    return row;
  }

  async function follow_job(job, list) {
    const row = line(list, job.label);
    while (job.state === "waiting" || job.state === "reading") {
      await new Promise((resume) => setTimeout(resume, 500));
      const reply = await fetch(`/api/documents/jobs/${job.id}?lang=${document.documentElement.lang}`);
      if (!reply.ok) break;
      job = await reply.json();
      row.textContent = job.total ? `${job.label} ${job.done}/${job.total}` : job.label;
    }
    if (job.problem) { row.textContent = job.problem; row.className = "pa-bad"; return; }
    row.remove();
    for (const file of job.files) {
      const good = ["added", "changed", "renamed", "superseded", "removed"].includes(file.outcome);
      const open = good && file.outcome !== "removed" ? file.instrument_id : null;
      line(list, [file.name, file.label, file.reason].filter(Boolean).join(" · "), good ? "good" : "bad", open);
    }
    await app.view("#pa-documents");
  }

  async function send(files) {
    const list = document.querySelector("#pa-documents .pa-progress");
    list.replaceChildren();
    const form = new FormData();
    for (const file of files) form.append("files", file);
    const row = line(list, "…");
    try {
      const reply = await fetch(`/api/documents?lang=${document.documentElement.lang}`, { method: "POST", body: form });
      const told = await reply.json();
      row.remove();
      if (told.error) { line(list, `${told.error.message} ${told.error.hint || ""}`, "bad"); return; }
      for (const refused of told.refused) line(list, `${refused.message} ${refused.hint}`, "bad");
      if (told.job) await follow_job(told.job, list);
    } catch {
      row.textContent = app.failed();
    }
  }

  async function withdraw(button) {
    button.disabled = true;
    const name = encodeURIComponent(button.dataset.file);
    const reply = await fetch(`/api/documents/${name}?lang=${document.documentElement.lang}`, { method: "DELETE" });
    const list = document.querySelector("#pa-documents .pa-progress");
    list.replaceChildren();
    if (reply.ok) await follow_job((await reply.json()).job, list);
    else button.disabled = false;
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".pa-filter [data-narrows]")) return;
    wanted[event.target.dataset.narrows] = event.target.value;
    narrow(event.target.closest(".pa-view"));
  });
  document.addEventListener("pa-put", (event) => {
    if (!event.target.querySelector(".pa-filter")) return;
    event.target.querySelectorAll("[data-narrows]").forEach((field) => { field.value = wanted[field.dataset.narrows]; });
    narrow(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".pa-filter [data-day]")) {
      const place = event.target.closest(".pa-view");
      place.dataset.now = `${place.dataset.from}?on=${event.target.value}`;
      app.load(place, place.dataset.now);
    }
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
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".pa-remove");
    if (button) withdraw(button);
  });
})();
