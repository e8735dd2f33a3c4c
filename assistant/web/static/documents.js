// The documents: a list narrowed as one types, and added to by files.
(() => {
  "use strict";
  const app = window.policyAssistant;

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
      const reply = await fetch(`/api/documents/jobs/${job.id}?lang=${document.documentElement.lang}`);
      if (!reply.ok) break;
      job = await reply.json();
      row.textContent = job.total ? `${job.label} ${job.done}/${job.total}` : job.label;
    }
    if (job.problem) { row.textContent = job.problem; row.className = "pa-bad"; return; }
    row.remove();
    for (const file of job.files) {
      const good = ["added", "changed", "renamed", "superseded", "removed"].includes(file.outcome);
      line(list, [file.name, file.label, file.reason].filter(Boolean).join(" · "), good ? "good" : "bad");
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
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".pa-remove");
    if (button) withdraw(button);
  });
})();
