// <kawal-rka>: the grid of a sheet. Enter or a click opens a row; leaving it saves it.
"use strict";

class KawalRka extends HTMLElement {
  connectedCallback() {
    const words = this.querySelector("script.rka-words");
    if (!words || this.words) return;
    this.words = JSON.parse(words.textContent);
    this.token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    this.read = Number(this.dataset.read);
    this.table = this.querySelector("table");
    this.saving = new RkaSaving(this);
    this.adopt();
    for (const kind of ["click", "focusout", "keydown", "input", "paste", "suggest"]) {
      this.addEventListener(kind, (event) => this[`on${kind}`](event));
    }
    addEventListener("beforeunload", (event) => {
      if (this.saving.isBusy || this.all().some((row) => row.take() && row.isUnsaved)) event.preventDefault();
    });
    addEventListener("pointerdown", () => { this.pressed = true; }, true);
    for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { this.pressed = false; }, true);
    this.classList.add("rka-ready");
  }

  get mark() { return this.dataset.style; }

  adopt() {
    this.rows = new Map();
    for (const element of this.table.querySelectorAll(".rka-row")) this.rows.set(element, new RkaRow(element, this));
    for (const row of this.all()) row.draw();
    this.rove(this.all()[0]);
    this.sum();
  }

  all() { return [...this.table.querySelectorAll(".rka-row")].map((element) => this.rows.get(element)); }
  number(row) { return this.all().indexOf(row) + 1; }
  beside(row, step) { return this.all()[this.all().indexOf(row) + step]; }
  before(row) { const above = this.beside(row, -1); return above?.body === row.body ? above : null; }
  at(target) { return this.rows.get(target.closest?.(".rka-row")); }

  // Of all rows one is on the way of Tab; arrows go on from there.
  rove(row) {
    for (const link of this.table.querySelectorAll("tbody a[tabindex='0'], .rka-link")) link.tabIndex = -1;
    const link = row?.cell("name").querySelector("a, .rka-link");
    if (link) link.tabIndex = 0;
  }

  write(row, field = "name") {
    if (this.current && this.current !== row) this.leave(this.current);
    this.current = row;
    row.open(field);
  }

  leave(row) {
    if (this.current === row) this.current = null;
    row.close();
    if (row.isBlank) this.forget(row);
    else if (row.isChanged) {
      row.set("unsaved");
      this.saving.save(row);
    }
    this.rove(row.element.isConnected ? row : this.all()[0]);
    this.sum();
  }

  forget(row) {
    const { body } = row;
    this.rows.delete(row.element);
    row.element.remove();
    if (body && !body.querySelector(".rka-row") && body.dataset.fresh) body.remove();
    this.sum();
  }

  add(body, after) {
    const row = RkaRow.blank(this, after?.texts.group, after?.texts.note, this.words.labels);
    this.rows.set(row.element, row);
    if (after) after.element.after(row.element);
    else body.append(row.element);
    row.draw();
    return row;
  }

  onclick(event) {
    const row = this.at(event.target);
    if (event.target.closest(".rka-remove")) return this.remove(row);
    if (event.target.closest(".rka-undo")) return this.undo();
    if (event.target.closest("[data-keep]")) return this.settle(event.target.closest("[data-keep]").dataset.keep);
    if (event.target.closest(".rka-save-all")) return this.saveAll();
    const fault = event.target.closest("[data-fault]");
    if (fault) {
      event.preventDefault();
      return this.write(this.faults[Number(fault.dataset.fault)].row, this.faults[Number(fault.dataset.fault)].field);
    }
    const more = event.target.closest(".rka-add");
    if (more && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const rows = [...more.closest("tbody").querySelectorAll(".rka-row")];
      return this.write(this.add(more.closest("tbody"), this.rows.get(rows.at(-1))));
    }
    if (!row || row.isOpen || event.ctrlKey || event.metaKey) return undefined;
    event.preventDefault();
    return this.write(row, event.target.closest("[data-field]")?.dataset.field);
  }

  // A pointer that is down finishes its click first: the row that closes moves what lies below it.
  onfocusout(event) {
    const row = this.at(event.target);
    if (!row?.isOpen || row.element.contains(event.relatedTarget)) return;
    const leave = () => setTimeout(() => {
      if (row.isOpen && document.hasFocus() && !row.element.contains(document.activeElement)) this.leave(row);
    });
    if (this.pressed) addEventListener("pointerup", leave, { once: true });
    else leave();
  }

  oninput(event) {
    const row = this.at(event.target);
    if (!row) return;
    if (event.target === row.input("name")) row.item = null;
    row.live();
    this.sum();
  }

  onkeydown(event) {
    const row = this.at(event.target);
    if (row) rkaKeys(this, row, event);
  }

  onpaste(event) {
    const row = this.at(event.target);
    const block = event.clipboardData?.getData("text/plain") ?? "";
    if (!row?.isOpen || !/\t|\n./.test(block)) return;
    event.preventDefault();
    const { body } = row;
    row.close();
    const after = row.isBlank ? this.before(row) : row;
    this.current = null;
    if (row.isBlank) this.rows.delete(row.element) && row.element.remove();
    else if (row.isChanged) this.saving.save(row);
    this.tabIndex = -1; // keys wait here, not on the page, until the rows are there
    this.focus({ preventScroll: true });
    this.say(this.words.pasting);
    this.saving.paste(block, body, after);
  }

  onsuggest(event) {
    const row = this.at(event.target);
    if (!row) return this.newLine(event.detail);
    const { detail } = event;
    for (const [field, text] of Object.entries(detail.fills ?? {})) {
      const input = row.input(field);
      if (input && (field !== "coefficient" || !input.value)) input.value = text;
    }
    row.item = detail.id;
    row.live();
    this.sum();
    return row.open(row.input("coefficient").value.trim().match(/^\d/) ? "price" : "coefficient");
  }

  // An account was chosen below the grid: its rows are there already, or begin here.
  newLine(account) {
    const form = this.querySelector(".rka-new");
    const fund = form.elements.dana.value;
    form.elements.q.value = "";
    let body = this.table.querySelector(`tbody[data-account="${account.id}"][data-fund="${fund}"]`);
    body ??= this.begin(account, fund, form.elements.dana.selectedOptions[0].textContent);
    const rows = [...body.querySelectorAll(".rka-row")];
    this.querySelector(".empty")?.remove();
    this.write(this.add(body, this.rows.get(rows.at(-1))));
  }

  begin(account, fund, fundText) {
    const head = rkaElement("th", { role: "rowheader", scope: "rowgroup", colspan: 5 },
      rkaElement("span", { class: "rka-code", translate: "no" }, account.code), ` ${account.name} `,
      rkaElement("span", { class: "rka-under" }, `${fundText} `, rkaElement("a", { class: "rka-add", href: "#" }, this.words.add, rkaElement("span", { class: "unseen" }, ` ${account.code}`))));
    const sum = rkaElement("td", { role: "cell", class: "numeric rka-sum", "data-label": this.words.labels.amount }, "0");
    const body = rkaElement("tbody", { role: "rowgroup", class: "rka-line", "data-account": account.id, "data-fund": fund, "data-fresh": true },
      rkaElement("tr", { role: "row", class: "rka-account" }, head, sum));
    this.table.append(body);
    return body;
  }

  sum() {
    let total = 0n;
    for (const body of this.table.tBodies) {
      const mine = [...body.querySelectorAll(".rka-row")].reduce((all, element) => all + (this.rows.get(element)?.sen ?? 0n), 0n);
      body.querySelector(".rka-sum").textContent = budgetNumbers.show(mine, this.mark);
      total += mine;
    }
    this.querySelector(".rka-total").textContent = this.money(total);
    if (this.dataset.ceiling === undefined) return;
    const left = budgetNumbers.sen(this.dataset.ceiling) - total;
    this.left = this.money(left);
    this.querySelector(".rka-left dd").textContent = this.left;
    this.querySelector(".rka-left").classList.toggle("rka-over", left < 0n);
  }

  money(sen) {
    const shown = budgetNumbers.show(sen < 0n ? -sen : sen, this.mark);
    return `${sen < 0n ? "\u2212" : ""}Rp\u00a0${shown}`;
  }

  say(text, ...more) { this.querySelector(".rka-said").replaceChildren(text, ...more); }
}

Object.assign(KawalRka.prototype, rkaAfterwards);
customElements.define("kawal-rka", KawalRka);
