// One row of the grid: text while it is read, fields while it is written, its errors beside them.
"use strict";

const RKA_FIELDS = ["name", "specification", "coefficient", "price", "tax"];
const RKA_KEPT = [...RKA_FIELDS, "group", "note"];
let rkaErrors = 0;

function rkaElement(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

class RkaRow {
  constructor(element, grid) {
    Object.assign(this, { element, grid, errors: [], state: "", isOpen: false, item: null, sent: null });
    this.id = Number(element.dataset.id) || null;
    this.sen = this.id ? budgetNumbers.sen(element.dataset.sen) : 0n;
    this.saved = this.shown();
    this.texts = { ...this.saved };
  }

  static blank(grid, group = "", note = "", labels = {}) {
    const cell = (field) =>
      rkaElement(field === "name" ? "th" : "td", {
        role: field === "name" ? "rowheader" : "cell", scope: field === "name" ? "row" : null,
        "data-field": field, "data-label": field === "name" ? null : labels[field],
        class: ["price", "tax", "amount"].includes(field) ? "numeric" : null,
      });
    const element = rkaElement("tr", { role: "row", class: "rka-row", "data-group": group, "data-note": note },
      ...[...RKA_FIELDS, "amount"].map(cell));
    return new RkaRow(element, grid);
  }

  get body() { return this.element.closest("tbody"); }
  get isBlank() { return !this.id && !this.sent && RKA_FIELDS.every((field) => !this.texts[field]); }
  get isChanged() { return !this.id || RKA_KEPT.some((field) => this.texts[field] !== this.saved[field]); }
  get isUnsaved() { return this.isChanged && !this.isBlank; }
  cell(field) { return this.element.querySelector(`[data-field="${field}"]`); }
  input(field) { return this.cell(field)?.querySelector("input") ?? null; }

  shown() {
    const texts = Object.fromEntries(RKA_FIELDS.map((field) => [field, this.cell(field).textContent.trim()]));
    return { ...texts, group: this.element.dataset.group ?? "", note: this.element.dataset.note ?? "" };
  }

  // What stands in the fields now; without fields, what was typed last.
  take() {
    if (this.isOpen) for (const field of RKA_FIELDS) this.texts[field] = this.input(field).value.trim();
    return this.texts;
  }

  open(field) {
    if (!this.isOpen) {
      this.isOpen = true;
      this.element.classList.add("rka-open");
      for (const one of RKA_FIELDS) this.cell(one).replaceChildren(this.field(one));
      this.drawErrors();
      this.drawAmount();
    }
    const input = this.input(field in this.texts && field !== "amount" ? field : "name");
    input.focus();
    input.select();
  }

  field(name) {
    const { words } = this.grid;
    const input = rkaElement("input", {
      class: "rka-input", value: this.texts[name], autocomplete: "off", maxlength: 500,
      "aria-label": `${words.labels[name]}, ${words.row} ${this.grid.number(this)}`,
      inputmode: name === "price" || name === "tax" ? "decimal" : null,
    });
    if (name !== "name" || !this.grid.dataset.prices) return input;
    const source = `${this.grid.dataset.prices}?rekening=${this.body.dataset.account}`;
    return rkaElement("kawal-suggest", { "data-source": source, "data-label": words.prices, "data-found": words.found }, input);
  }

  close() {
    if (!this.isOpen) return;
    this.take();
    this.isOpen = false;
    this.draw();
  }

  draw() {
    if (this.isOpen) return;
    this.element.classList.remove("rka-open");
    for (const field of RKA_FIELDS) {
      const text = this.texts[field];
      this.cell(field).replaceChildren(field === "name" ? this.link(text) : text);
    }
    this.drawErrors();
    this.drawAmount();
  }

  link(text) {
    const { words, dataset } = this.grid;
    const shown = text || words.unnamed;
    if (!this.id) return rkaElement("button", { type: "button", class: "rka-link", tabindex: -1 }, shown);
    return rkaElement("a", { href: this.fullAddress(dataset.full), tabindex: -1 }, shown);
  }

  fullAddress(pattern) { return pattern.replace(/\/0\/$/, `/${this.id}/`); }

  // While it is written the amount is worked out here; once it is saved it is the database's.
  live() {
    this.take();
    const { coefficient, price, tax } = this.texts;
    this.sen = budgetNumbers.amount(coefficient, price, tax, this.grid.mark) ?? 0n;
    this.cell("amount").querySelector(".rka-amount").textContent = this.amountText();
  }

  amountText() { return this.isBlank ? "" : budgetNumbers.show(this.sen, this.grid.mark); }

  drawAmount() {
    const parts = [rkaElement("span", { class: "rka-amount" }, this.amountText())];
    if (this.isOpen) parts.push(this.acts());
    else if (this.state) parts.push(rkaElement("span", { class: `rka-state rka-state-${this.state}` }, this.grid.words.states[this.state]));
    this.cell("amount").replaceChildren(...parts);
    this.element.classList.toggle("rka-wrong", this.errors.length > 0);
  }

  acts() {
    const { words, dataset } = this.grid;
    const remove = rkaElement("button", { type: "button", class: "rka-remove" }, words.remove);
    if (!this.id) return rkaElement("span", { class: "rka-acts" }, remove);
    return rkaElement("span", { class: "rka-acts" }, rkaElement("a", { href: this.fullAddress(dataset.full) }, words.whole), " ", remove);
  }

  set(state) {
    this.state = state;
    this.drawAmount();
  }

  mark(errors) {
    this.errors = errors;
    this.drawErrors();
    this.set(errors.length ? "wrong" : this.isUnsaved ? "unsaved" : "");
  }

  drawErrors() {
    for (const old of this.element.querySelectorAll(".error")) old.remove();
    for (const field of RKA_FIELDS) {
      const mine = this.errors.filter((error) => this.place(error) === field);
      const input = this.input(field);
      input?.removeAttribute("aria-invalid");
      input?.removeAttribute("aria-describedby");
      if (!mine.length) continue;
      const id = `rka-error-${++rkaErrors}`;
      const said = mine.map((error) => [error.text, error.mend].filter(Boolean).join(" ")).join(" ");
      this.cell(field).append(rkaElement("p", { class: "error", id }, said));
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-describedby", id);
    }
  }

  place(error) { return RKA_FIELDS.includes(error.at) ? error.at : "name"; }

  // What the server made of it: its texts and its amount count, unless one types on meanwhile.
  kept(answer, sent) {
    const untouched = RKA_KEPT.every((field) => this.take()[field] === sent[field]);
    this.id = answer.id;
    this.element.dataset.id = answer.id;
    this.saved = { ...sent };
    if (untouched) this.sen = budgetNumbers.sen(answer.sen);
    if (untouched && !this.isOpen) this.saved = { ...(this.texts = { ...answer.texts }) };
    this.errors = [];
    this.state = "";
    if (this.isOpen) {
      this.drawErrors();
      this.drawAmount();
    } else this.draw();
  }
}
