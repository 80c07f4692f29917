/* The preview's own: waits for the next edition of the page, and shows what is wrong with the data in place. Only
   `nohin serve` adds it to a page. */
(() => {
  "use strict";
  const STATE = "/_nohin/state";
  let shown = null;

  /* A browser opens few connections to one address: pages that nobody looks at wait for nothing. */
  async function listen() {
    for (;;) {
      if (document.hidden) await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
      const waiting = new AbortController();
      const stop = () => waiting.abort();
      document.addEventListener("visibilitychange", stop, { once: true });
      try {
        const answer = await fetch(`${STATE}?since=${shown === null ? "" : shown}`, { signal: waiting.signal });
        if (tell(await answer.json())) return;
      } catch {
        if (!waiting.signal.aborted) await new Promise((done) => setTimeout(done, 1000));
      }
      document.removeEventListener("visibilitychange", stop);
    }
  }

  /* Without errors the page is loaded again, and this one asks for no more; with errors it stays, for it is the last
     good one. */
  function tell(state) {
    const errors = state.problems.filter((problem) => problem.severity === "error");
    const news = shown !== null && shown !== state.edition;
    shown = state.edition;
    const again = news && !errors.length && !state.trouble;
    if (again) location.reload();
    else panel(state, errors.length > 0);
    return again;
  }

  function panel(state, failed) {
    document.getElementById("nohin-live")?.remove();
    if (!state.trouble && !state.problems.length) return;
    const box = document.createElement("section");
    box.id = "nohin-live";
    box.className = failed || state.trouble ? "live live-failed" : "live";
    box.setAttribute("role", "status");
    box.setAttribute("aria-label", "データの誤りと注意");
    const details = box.appendChild(document.createElement("details"));
    details.open = failed || Boolean(state.trouble);
    details.appendChild(document.createElement("summary")).textContent = summary(state, failed);
    if (state.trouble) details.appendChild(document.createElement("p")).textContent = state.trouble;
    const list = details.appendChild(document.createElement("ol"));
    for (const problem of state.problems) list.append(line(problem, state.folder));
    document.body.append(box);
  }

  function summary(state, failed) {
    const errors = state.problems.filter((problem) => problem.severity === "error").length;
    const counted = `誤り ${errors} 件、注意 ${state.problems.length - errors} 件`;
    return failed || state.trouble ? `${counted}。直るまで、前のページのままです` : counted;
  }

  function line(problem, folder) {
    const item = document.createElement("li");
    const place = item.appendChild(document.createElement("a"));
    place.href = `vscode://file/${encodeURI(folder)}/${encodeURI(problem.path)}:${problem.line}:${problem.column}`;
    place.textContent = `${problem.path}:${problem.line}:${problem.column}`;
    const word = problem.severity === "error" ? "誤り" : "注意";
    item.append(` ${word} ${problem.code} ${problem.message}`);
    if (problem.hint) item.appendChild(document.createElement("small")).textContent = `（${problem.hint}）`;
    return item;
  }

  const style = document.head.appendChild(document.createElement("style"));
  style.textContent = `
    #nohin-live { position: fixed; inset: auto 0 0 0; max-height: 45vh; overflow: auto; z-index: 50; padding: 0.6rem 1rem;
      background: #fff8e6; color: #1b1f24; border-top: 4px solid #8a5200; font-size: 0.75rem; line-height: 1.7; }
    #nohin-live.live-failed { background: #fdecea; border-color: #a3200d; }
    #nohin-live summary { font-weight: 700; cursor: pointer; }
    #nohin-live a { color: #0b5cad; text-decoration: underline; }
    @media print { #nohin-live { display: none; } }`;
  listen();
})();
