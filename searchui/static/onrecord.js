/* onrecord: what a page can do besides. Every page works without this file. */
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };

  /* --- Names offered while typing: the combobox of the ARIA Authoring Practices, list with manual selection --- */
  const suggest = document.body.dataset.suggest;

  function combobox(input, number) {
    const id = `offers-${number}`;
    const list = make("ul", { id, role: "listbox", class: "offers", "aria-label": "People" });
    const status = make("span", { role: "status", class: "hidden" });
    list.hidden = true;
    input.parentElement.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
                                 ["aria-controls", id]]) input.setAttribute(name, value);
    let at = -1, timer = 0, asking = null;

    const close = () => {
      list.hidden = true; at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const move = (to) => {
      const options = all("[role=option]", list);
      if (!options.length) return;
      at = (to + options.length + 1) % (options.length + 1);       // one place is the box itself
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < options.length) {
        input.setAttribute("aria-activedescendant", options[at].id);
        options[at].scrollIntoView({ block: "nearest" });
      } else { input.removeAttribute("aria-activedescendant"); }
    };
    const choose = (option) => {
      close();
      if (input.dataset.people === "name") { input.value = option.dataset.name; input.focus(); }
      else location.href = option.dataset.url;
    };
    const show = (people) => {
      at = -1;
      list.replaceChildren(...people.map((person, place) => {
        const option = make("li", { role: "option", id: `${id}-${place}`, "aria-selected": "false" });
        option.dataset.name = person.name;
        option.dataset.url = person.url;
        option.append(make("b", {}, person.name), make("span", {}, `${person.quotations} ${person.quotations === 1 ? "quotation" : "quotations"}`));
        return option;
      }));
      list.hidden = !people.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = people.length ? `${people.length} ${people.length === 1 ? "person" : "people"}, down arrow to choose` : "";
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (typed.length < 2 || /[:"()]/.test(typed)) return close();
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).people);
      } catch (error) { if (error.name !== "AbortError") close(); }
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
      if (event.key === "ArrowDown" && open) { event.preventDefault(); move(at + 1); }
      else if (event.key === "ArrowDown") { ask(); }
      else if (event.key === "ArrowUp" && open) { event.preventDefault(); move(at < 0 ? list.children.length - 1 : at - 1); }
      else if (event.key === "Enter" && open && list.children[at]) { event.preventDefault(); choose(list.children[at]); }
      else if (event.key === "Escape" && open) { event.preventDefault(); close(); }
      else if (event.key === "Escape") { input.value = ""; }
      else if (event.key === "Tab") { close(); }
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); choose(option); }
    });
  }
  if (suggest) all("input[data-people]").forEach(combobox);

  /* --- Matches of the search in an article --- */
  const marks = all("mark[id]");
  let match = -1;
  function toMatch(step) {
    if (!marks.length) return;
    match = (match + step + marks.length) % marks.length;
    location.replace(`#${marks[match].id}`);
    const place = document.querySelector(".matches output");
    if (place) place.textContent = `${match + 1} of ${marks.length}`;
  }
  const bar = document.querySelector(".matches");
  if (bar && marks.length) {
    const previous = make("button", { type: "button", "aria-keyshortcuts": "p" }, "Previous");
    const next = make("button", { type: "button", "aria-keyshortcuts": "n" }, "Next match");
    previous.addEventListener("click", () => toMatch(match < 0 ? 0 : -1));
    next.addEventListener("click", () => toMatch(1));
    bar.querySelector("ol")?.replaceWith(previous, next, make("output", { "aria-live": "polite" }));
  }

  /* --- Quotations are copied with their source, and kept in the notebook of this browser --- */
  const cite = document.body.dataset.cite;
  const idOf = (link) => decodeURIComponent(link.pathname.replace(/^.*?\/quotation\//, "")).replace(/\/(?=[^/]*$)/, "#");
  const kept = () => { try { return JSON.parse(localStorage.getItem("notebook")) ?? []; } catch { return []; } };
  const status = make("p", { role: "status", class: "hidden" });
  async function citationOf(id) {
    const answer = await fetch(`${cite}?id=${encodeURIComponent(id)}`);
    return (await answer.json()).citations[0];
  }
  async function copy(link, button) {
    const text = citationOf(idOf(link)).then((each) => each.citation);
    try {
      if (window.ClipboardItem) {           // the text may come later: a press still counts as one when it does
        const blob = text.then((line) => new Blob([line], { type: "text/plain" }));
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      } else { await navigator.clipboard.writeText(await text); }
      button.textContent = "Copied";
      status.textContent = "Copied with its source";
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2500);
    } catch { location.href = link.href; }  // the page of the quotation has the text to be copied by hand
  }
  async function keep(link, button) {
    const id = idOf(link), list = kept();
    const at = list.findIndex((each) => each.id === id);
    if (at >= 0) { list.splice(at, 1); }
    else { list.push({ id, note: "", text: (await citationOf(id))?.text ?? "" }); }
    try { localStorage.setItem("notebook", JSON.stringify(list)); } catch { return; }
    button.setAttribute("aria-pressed", String(at < 0));
    button.textContent = at < 0 ? "Kept" : "Keep";
    status.textContent = at < 0 ? "Kept in your notebook" : "Removed from your notebook";
    counted();
  }
  const counter = make("b", { class: "count" });
  const counted = () => { counter.textContent = kept().length ? ` ${kept().length}` : ""; };
  document.querySelector("nav a[href$='/notebook']")?.append(counter);
  counted();
  const uses = cite ? all("a.copy") : [];
  if (uses.length) document.body.append(status);
  for (const link of uses) {
    const ids = new Set(kept().map((each) => each.id));
    for (const [name, act] of [["Copy", copy], ["Keep", keep]]) {
      const pressed = act === keep && ids.has(idOf(link));
      const button = make("button", { type: "button", class: "bare" }, pressed ? "Kept" : name);
      if (act === keep) button.setAttribute("aria-pressed", String(pressed));
      if (link.id) { button.id = `${name[0].toLowerCase()}${name.length}-${link.id}`; button.setAttribute("aria-labelledby", `${button.id} ${link.getAttribute("aria-labelledby").split(" ")[1]}`); }
      button.addEventListener("click", () => act(link, button));
      link.before(button, " ");
    }
  }

  /* --- A look at what stands around a hit, in the margin of wide windows --- */
  const wide = document.querySelector(".results.wide");
  if (wide && cite && matchMedia("(min-width: 88rem)").matches) {
    let margin = wide.querySelector(".beside"), shown = "", waiting = 0;
    if (!margin) { margin = make("aside", { class: "beside", "aria-label": "Beside the results" }); wide.append(margin); }
    const preview = make("section", { class: "preview", "aria-labelledby": "preview" }), body = make("div");
    preview.append(make("h3", { class: "over", id: "preview" }, "Preview"), body);
    preview.hidden = true;
    margin.append(preview);
    const paragraphs = async (item) => {
      const link = item.querySelector("a.copy");
      if (link) return (await citationOf(idOf(link))).context.split("\n");
      const id = item.querySelector(".pick")?.value;
      const answer = await fetch(cite.replace("citations", "articles/") + id.split("/").map(encodeURIComponent).join("/"));
      const { text, quotations } = await answer.json();
      return [...text.split("\n").filter(Boolean).slice(0, 2), ...quotations.filter((each) => each.kind !== "reported" && each.stance === "said").slice(0, 3).map((each) => `${each.speaker || "Speaker unknown"}: “${each.text}”`)];
    };
    const look = (event) => {
      const item = event.target.closest(".hits > li");
      if (!item || item.id === shown) return;
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        shown = item.id;
        try {
          const found = await paragraphs(item);
          if (shown === item.id) { body.replaceChildren(...found.map((each) => make("p", {}, each.slice(0, 700)))); preview.hidden = false; }
        } catch { preview.hidden = true; }
      }, 250);
    };
    for (const kind of ["pointerover", "focusin"]) wide.addEventListener(kind, look);
    const first = wide.querySelector("#out .hits > li");
    if (first) look({ target: first });
  }

  /* --- Bars of a person's chart: drawing from one to another chooses the years between --- */
  const chart = document.querySelector(".hint")?.previousElementSibling;
  let from = null;
  const barAt = (event) => event.target.closest(".bars li")?.querySelector("[title]")?.title.slice(0, 4);
  chart?.addEventListener("dragstart", (event) => event.preventDefault());
  chart?.addEventListener("pointerdown", (event) => { from = barAt(event); });
  chart?.addEventListener("pointerup", (event) => {
    const to = barAt(event);
    if (!from || !to || from === to) return;
    const url = new URL(location.href);
    for (const name of ["year", "page"]) url.searchParams.delete(name);
    url.searchParams.set("from", from < to ? from : to);
    url.searchParams.set("to", from < to ? to : from);
    location.href = url;
  });

  /* --- On paper: the day on which it was printed --- */
  const today = document.querySelector(".today");
  if (today) today.textContent = `, ${new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;

  /* --- Keys --- */
  const KEYS = [["/", "Go to the search box"], ["j", "Next result"], ["k", "Previous result"], ["n", "Next match in the article"],
                ["p", "Previous match"], ["?", "Show this list"]];
  const store = { get off() { try { return localStorage.getItem("keys") === "off"; } catch { return false; } },
                  set off(value) { try { localStorage.setItem("keys", value ? "off" : "on"); } catch { /* stays as it is */ } } };
  const hits = all(".hits > li").filter((each) => !each.closest(".best"));
  let hit = -1;
  function toHit(step) {
    if (!hits.length) return;
    hits[hit]?.classList.remove("at");
    hit = Math.min(Math.max(hit + step, 0), hits.length - 1);
    hits[hit].classList.add("at");
    const to = hits[hit].querySelector("a[id^=t], [id^=t] a") ?? hits[hit].querySelector("a");
    to?.focus({ preventScroll: true });
    hits[hit].scrollIntoView({ block: "center" });
  }
  let dialog = null;
  function help() {
    if (!dialog) {
      dialog = make("dialog", { "aria-labelledby": "keys-title" });
      const list = make("dl");
      KEYS.forEach(([key, does]) => {
        const term = make("dt");
        term.append(make("kbd", {}, key));
        list.append(term, make("dd", {}, does));
      });
      const label = make("label"), on = make("input", { type: "checkbox" });
      on.checked = !store.off;
      on.addEventListener("change", () => { store.off = !on.checked; });
      label.append(on, " Use single-key shortcuts");
      const close = make("button", { type: "button", class: "press" }, "Close");
      close.addEventListener("click", () => dialog.close());
      const foot = make("p");
      foot.append(close);
      dialog.append(make("h2", { id: "keys-title" }, "Keyboard shortcuts"), list, label, foot);
      document.body.append(dialog);
    }
    dialog.showModal();
  }
  const place = document.querySelector(".keys-place");
  if (place) {
    const button = make("button", { type: "button", class: "bare" }, "Keyboard shortcuts");
    button.addEventListener("click", help);
    place.append(button);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (store.off) return;
    const toBox = () => {
      const box = document.querySelector("input[type=search]");
      box?.focus();
      box?.setSelectionRange(box.value.length, box.value.length);
    };
    const act = { "/": toBox, "?": help, j: () => toHit(1), k: () => toHit(-1),
                  n: () => toMatch(1), p: () => toMatch(match < 0 ? 0 : -1) }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
