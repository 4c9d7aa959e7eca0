// What the grid does once the server has answered: totals said, errors listed, conflicts shown.
"use strict";

const rkaAfterwards = {
  saved(body) {
    this.sum();
    const said = this.left ? this.words.saved.replace("{left}", this.left) : this.words.savedPlain;
    if (body.others) this.refresh(body.others);
    else this.say(said);
    this.wrong();
  },

  remove(row) {
    const next = this.beside(row, 1) ?? this.beside(row, -1);
    if (this.current === row) this.current = null;
    row.close();
    row.element.hidden = true;
    row.sen = 0n;
    if (row.id || row.sent) this.saving.remove(row);
    else this.forget(row);
    this.sum();
    const here = next?.element.isConnected ? next : this.all()[0];
    this.rove(here);
    here?.cell("name").querySelector("a, .rka-link")?.focus();
  },

  removed(row) {
    this.gone = { body: row.body, texts: row.texts, after: this.before(row) };
    this.forget(row);
    this.say(this.words.removed.replace("{name}", row.texts.name), " ",
      rkaElement("button", { type: "button", class: "rka-undo" }, this.words.undo));
  },

  undo() {
    const { body, texts, after } = this.gone;
    const row = this.add(body.isConnected ? body : this.table.tBodies[0], after?.element.isConnected ? after : null);
    row.texts = { ...texts };
    row.draw();
    row.live();
    this.say("");
    this.saving.save(row);
  },

  // What could not be removed comes back with the reasons.
  back(row, reasons) {
    row.element.hidden = false;
    row.draw();
    row.live();
    row.mark(reasons);
    this.wrong();
  },

  // All errors of all rows, each leading to its field; it takes the focus when it was asked for.
  wrong(focus = false) {
    const rows = this.all().filter((row) => row.errors.length);
    this.faults = rows.flatMap((row) => row.errors.map((error) => ({ row, error, field: row.place(error) })));
    const place = this.querySelector(".rka-alert");
    if (!this.faults.length) return place.replaceChildren();
    const lines = this.faults.map(({ row, error, field }, index) => {
      const label = `${this.words.row} ${this.number(row)}, ${this.words.labels[field]}: ${error.text}`;
      return rkaElement("li", {}, rkaElement("a", { href: "#", "data-fault": index }, label));
    });
    const title = this.words.wrong.replace("{n}", this.faults.length);
    const box = rkaElement("div", { class: "wrong", role: "alert", tabindex: -1, "aria-labelledby": "rka-wrong" },
      rkaElement("h2", { id: "rka-wrong" }, title), rkaElement("ul", {}, ...lines),
      rkaElement("p", {}, rkaElement("button", { type: "button", class: "button button-secondary rka-save-all" }, this.words.saveAll)));
    place.replaceChildren(box);
    if (focus) box.focus();
    return undefined;
  },

  async saveAll() {
    if (this.current) {
      const { current } = this;
      this.leave(current);
      if (current.element.isConnected) current.cell("name").querySelector("a, .rka-link")?.focus();
    }
    for (const row of this.all()) if (row.isUnsaved) this.saving.save(row);
    await this.saving.last;
    this.wrong(true);
  },

  pasted({ status, body }, tbody, after) {
    if (status === 200) {
      const unsaved = this.kept().map((one) => ({ ...one, id: body.ids[one.id] ?? one.id }));
      this.read = body.version;
      this.replace(body.html);
      for (const one of unsaved) this.lay(one);
      this.say(this.words.pasted.replace("{n}", body.count));
      const row = this.all().find((one) => one.id === body.first);
      this.rove(row ?? this.all()[0]);
      row?.cell("name").querySelector("a, .rka-link")?.focus();
      return;
    }
    let last = after;
    for (const { texts, reasons } of body.rows ?? []) {
      last = this.add(tbody, last);
      Object.assign(last.texts, texts);
      last.draw();
      last.live();
      last.mark(reasons);
    }
    this.sum();
    this.say((body.reasons ?? []).map((reason) => reason.text).join(" ") || this.words.refused);
    this.wrong(true);
  },

  // Somebody saved the same row: both are shown, and one chooses.
  conflict(row, body) {
    row.element.hidden = false;
    this.conflicted = { row, version: body.version };
    this.querySelector(".rka-alert").innerHTML = body.conflict;
    this.querySelector(".rka-alert .conflict").focus();
    row.set("unsaved");
  },

  async settle(keep) {
    const { row, version } = this.conflicted;
    this.read = version;
    this.querySelector(".rka-alert").replaceChildren();
    if (keep === "theirs") row.texts = { ...row.saved };
    else row.saved = Object.fromEntries(RKA_KEPT.map((field) => [field, null]));
    await this.refresh(this.words.refreshed, keep === "mine" ? row : null);
  },

  // Draws the sheet again as it is stored; what is not saved yet is laid over it.
  async refresh(said, mine = null) {
    const answer = await fetch(this.dataset.rows, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const body = await answer.json();
    if (this.current?.isOpen && this.current !== mine) return this.say(said);
    const kept = this.kept(mine);
    this.read = body.version;
    this.replace(body.html);
    for (const one of kept) this.lay(one);
    this.sum();
    this.say(said);
  },

  // What is not saved yet, so that it outlives a drawing of the whole sheet.
  kept(mine = null) {
    return this.all().filter((row) => row === mine || (row.take() && row.isUnsaved)).map((row) => ({
      id: row.id, texts: row.texts, account: row.body.dataset.account, fund: row.body.dataset.fund, errors: row.errors,
    }));
  },

  lay({ id, texts, account, fund, errors }) {
    let row = this.all().find((one) => id && one.id === id);
    const body = this.table.querySelector(`tbody[data-account="${account}"][data-fund="${fund}"]`) ?? this.table.tBodies[0];
    row ??= body && this.add(body, this.rows.get([...body.querySelectorAll(".rka-row")].at(-1)));
    if (!row) return;
    Object.assign(row.texts, texts);
    row.draw();
    row.live();
    if (errors.length) row.mark(errors);
    else this.saving.save(row);
  },

  replace(html) {
    const fresh = new DOMParser().parseFromString(`<table>${html}</table>`, "text/html");
    for (const body of [...this.table.tBodies]) body.remove();
    this.table.append(...fresh.querySelectorAll("tbody"));
    this.current = null;
    this.querySelector(".empty")?.remove();
    this.adopt();
  },
};
