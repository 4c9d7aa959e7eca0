// <kawal-suggest data-source="…">: a field whose suggestions come while one types; without this file
// it is a plain field of its form. Sends "suggest" with the chosen item.
"use strict";

const RKA_PAUSE = 160;
let rkaSuggestions = 0;

class KawalSuggest extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    if (!this.field || this.list) return;
    const id = `suggest-${++rkaSuggestions}`;
    this.list = Object.assign(document.createElement("ul"), { id, className: "suggest-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label || this.field.getAttribute("aria-label") || "");
    this.said = Object.assign(document.createElement("span"), { className: "unseen" });
    this.said.setAttribute("role", "status");
    this.append(this.list, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off" })) {
      this.field.setAttribute(name, value);
    }
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) this.choose(Number(row.dataset.place));
    });
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), RKA_PAUSE);
  }

  async ask() {
    const typed = this.field.value.trim();
    if (typed.length < 2) return this.close();
    const url = new URL(this.dataset.source, location.href);
    url.searchParams.set("q", typed);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.field.value.trim() !== typed || document.activeElement !== this.field) return;
    this.draw((await answer.json()).items);
  }

  draw(items) {
    this.items = items;
    this.at = -1;
    this.list.replaceChildren(...items.map((item, place) => this.row(item, place)));
    this.list.hidden = !items.length;
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.field.removeAttribute("aria-activedescendant");
    this.said.textContent = (this.dataset.found || "{n}").replace("{n}", items.length);
  }

  row(item, place) {
    const row = document.createElement("li");
    row.id = `${this.list.id}-${place}`;
    row.dataset.place = place;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    for (const [part, text] of [["code", item.code], ["name", item.name], ["more", item.more]]) {
      if (text) row.append(Object.assign(document.createElement("span"), { className: `suggest-${part}`, textContent: text }), " ");
    }
    return row;
  }

  key(event) {
    if (this.list.hidden || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move((this.at + step + this.items.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.items.length);
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(place) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = place;
    const row = this.list.children[place];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", row.id);
  }

  choose(place) {
    const item = this.items[place];
    this.field.value = this.dataset.fill === "code" ? `${item.code} ${item.name}` : item.name;
    this.close();
    this.dispatchEvent(new CustomEvent("suggest", { detail: item, bubbles: true }));
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

customElements.define("kawal-suggest", KawalSuggest);
