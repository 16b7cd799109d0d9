/* onrecord: the notebook. It lives in the reader's browser; the words are read from the archive, by their ids. */
"use strict";
(() => {
  const MOST = 500, MOST_SHARED = 100, LONGEST_NOTE = 2000, AT_ONCE = 100;
  const root = document.getElementById("notebook");
  const cite = document.body.dataset.cite;
  if (!root || !cite) return;
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };

  /* --- What is kept: a list of { id, note, text } --- */
  const checked = (entries, most) => (Array.isArray(entries) ? entries : []).slice(0, most)
    .filter((each) => each && typeof each.id === "string" && each.id.length < 500)
    .map((each) => ({ id: each.id, note: String(each.note ?? "").slice(0, LONGEST_NOTE), text: String(each.text ?? "").slice(0, 5000) }));
  const load = () => { try { return checked(JSON.parse(localStorage.getItem("notebook") ?? "[]"), MOST); } catch { return []; } };
  const save = (entries) => { try { localStorage.setItem("notebook", JSON.stringify(entries)); } catch { say("This browser does not let pages keep anything."); } };

  /* --- A shared notebook: ids and notes in the part of the address that is never sent --- */
  const packed = (entries) => {
    const bytes = new TextEncoder().encode(JSON.stringify(entries.map((each) => [each.id, each.note])));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const unpacked = (fragment) => {
    try {
      const bytes = Uint8Array.from(atob(fragment.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
      const pairs = JSON.parse(new TextDecoder().decode(bytes));
      return checked(pairs.map(([id, note]) => ({ id, note })), MOST_SHARED);
    } catch { return null; }
  };

  /* --- The words, as the archive has them now --- */
  async function read(entries) {
    const found = new Map();
    for (let at = 0; at < entries.length; at += AT_ONCE) {
      const query = entries.slice(at, at + AT_ONCE).map((each) => `id=${encodeURIComponent(each.id)}`).join("&");
      const answer = await fetch(`${cite}?${query}`);
      if (!answer.ok) throw new Error(answer.statusText);
      for (const each of (await answer.json()).citations) found.set(each.id, each);
    }
    return found;
  }

  /* --- Files --- */
  const day = (each) => each.published.slice(0, 10);
  const longDay = (each) => (day(each).length < 10 ? day(each) || "undated" :
    new Date(`${day(each)}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" }));
  /* What a spreadsheet would run gets an apostrophe, as spreadsheet_safe gives it (indexer/spreadsheet.py). */
  const isFormula = (part) => "=+-@−".includes(part.match(/[^\p{Cc}\p{Cf}\p{Z}]/u)?.[0].normalize("NFKC")[0] ?? " ");
  const guarded = (value) => value.split(/([;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])/).map((part, at) =>
    (at % 2 === 0 && isFormula(part)) || (at === 0 && /^[\t\r\n]/.test(value)) ? `'${part}` : part).join("");
  const cell = (value) => `"${guarded(value).replace(/"/g, '""')}"`;
  const COLUMNS = { words: (each) => each.text, speaker: (each) => each.speaker, certainty: (each) => each.level,
    headline: (each) => each.title, author: (each) => each.author, paper: (each) => each.publication, date: day,
    address: (each) => each.url, note: (each) => each.note };
  const plain = (text) => text.replace(/[\\`*_{}\[\]<>#|]/g, "\\$&").replace(/\s+/g, " ");
  const FILES = {
    CSV: ["csv", "text/csv", (all) => [Object.keys(COLUMNS), ...all.map((each) => Object.values(COLUMNS).map((of) => of(each)))]
      .map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"],
    RIS: ["ris", "application/x-research-info-systems", (all) => all.map((each) => each.note
      ? each.ris.replace(/^ER {2}- /m, `N1  - ${each.note.replace(/\s+/g, " ")}\r\nER  - `) : each.ris).join("")],
    JSON: ["json", "application/json", (all) => JSON.stringify(all.map((each) =>
      Object.fromEntries(Object.entries(COLUMNS).map(([name, of]) => [name, of(each)]))), null, 2) + "\n"],
    Markdown: ["md", "text/markdown", (all) => all.map((each) => `> ${plain(each.text)}\n\n— ${plain(each.speaker || "speaker not named")}` +
      (each.level === "sure" ? "" : ` (speaker ${each.level})`) + `, [${plain(each.title || "Untitled")}](<${each.url}>), ` +
      `${plain(each.publication)}, ${day(each) || "undated"}\n` + (each.note ? `\n${plain(each.note)}\n` : "")).join("\n---\n\n")],
  };
  function download(name, all) {
    const [suffix, type, write] = FILES[name];
    const url = URL.createObjectURL(new Blob([write(all)], { type }));
    const link = make("a", { href: url, download: `notebook.${suffix}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  /* --- The page --- */
  const status = make("p", { role: "status", class: "soft" });
  const say = (text) => { status.textContent = text; };
  const button = (text, act) => {
    const element = make("button", { type: "button", class: "press" }, text);
    element.addEventListener("click", act);
    return element;
  };

  function entryOf(entry, each, entries, shared) {
    const item = make("li");
    const reported = each?.kind === "reported";
    const words = make(reported ? "p" : "blockquote", { class: reported ? "paraphrase" : "said" }, each ? each.text : entry.text || entry.id);
    if (reported) words.prepend(make("b", { class: "tag" }, "Reported"), " ");
    item.append(words);
    if (each) {
      if (each.kind === "block") words.classList.add("whole");
      const source = make("p", { class: "source" });
      const link = make("a", { href: each.url }, each.title || "Untitled");
      source.append(make("b", { class: each.speaker ? "speaker" : "speaker unknown" }, each.speaker || "Speaker unknown"), " ",
                    make("span", { class: `level ${each.level}` }, each.level), " ", link, `, ${longDay(each)}`);
      item.append(source);
    } else { item.append(make("p", { class: "note" }, "This quotation is not in the archive any more.")); }
    if (shared) {
      if (entry.note) item.append(make("p", { class: "noted" }, entry.note));
      return item;
    }
    const label = make("label", {}, "Note");
    const note = make("textarea", { class: "field", rows: "2", maxlength: String(LONGEST_NOTE) });
    note.value = entry.note;
    note.addEventListener("input", () => { entry.note = note.value; if (each) each.note = note.value; save(entries); });
    label.append(note);
    const remove = button("Remove", () => { save(entries.filter((other) => other !== entry)); show(); say("Removed."); });
    remove.setAttribute("aria-label", `Remove: ${(each ? each.text : entry.id).slice(0, 60)}`);
    item.append(label, remove);
    return item;
  }

  function toolsOf(all, entries) {
    const tools = make("div", { class: "take" });
    tools.append(make("span", {}, `Export ${all.length === 1 ? "it" : `all ${all.length}`} as`));
    for (const name of Object.keys(FILES)) tools.append(button(name, () => download(name, all)));
    tools.append(button("Share as an address", async () => {
      if (entries.length > MOST_SHARED) return say(`An address can hold ${MOST_SHARED} quotations; remove some first.`);
      const address = `${location.href.split("#")[0]}#${packed(entries)}`;
      const field = document.getElementById("shared-address") ?? make("input", { id: "shared-address", class: "field", readonly: "", "aria-label": "Address to share" });
      field.value = address;
      tools.append(field);
      field.select();
      try { await navigator.clipboard.writeText(address); say("Copied. Whoever opens it sees these quotations and notes."); }
      catch { say("Copy this address. Whoever opens it sees these quotations and notes."); }
    }), button("Remove all", () => { if (confirm("Remove all quotations and notes from this browser?")) { save([]); show(); } }));
    return tools;
  }

  async function show() {
    const fragment = location.hash.slice(1);
    const given = fragment ? unpacked(fragment) : null;
    const entries = given ?? load();
    if (fragment && !given) say("This address does not hold a notebook.");
    if (!entries.length) {
      root.replaceChildren(make("p", { class: "none" }, "Nothing kept yet. Press “Keep” beside any quotation."), status);
      return;
    }
    let found;
    try { found = await read(entries); } catch { found = new Map(); say("The archive cannot be reached just now."); }
    const all = entries.filter((each) => found.has(each.id)).map((each) => Object.assign(found.get(each.id), { note: each.note }));
    const list = make("ol", { class: "kept" });
    list.append(...entries.map((each) => entryOf(each, found.get(each.id), entries, Boolean(given))));
    const head = make("div");
    if (given) {
      head.append(make("h2", {}, "A notebook somebody shared"),
        make("p", {}, "The quotations are read from this archive; the notes are whatever the sender wrote."),
        button("Add all to my notebook", () => {
          const own = load(), ids = new Set(own.map((each) => each.id));
          save([...own, ...entries.filter((each) => !ids.has(each.id))].slice(0, MOST));
          history.replaceState(null, "", location.pathname);
          show();
        }));
    } else { head.append(toolsOf(all, entries)); }
    root.replaceChildren(head, status, list);
  }
  addEventListener("hashchange", show);
  show();
})();
