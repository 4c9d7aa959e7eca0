// Saves one row after the other, each once: a key goes with it, and a cut line sends it again.
"use strict";

const RKA_LONGEST_WAIT = 30000;

class RkaSaving {
  constructor(grid) {
    this.grid = grid;
    this.last = Promise.resolve();
    this.waiting = 0;
  }

  get isBusy() { return this.waiting > 0; }

  // Runs after all that was asked for before; the draft's version grows with each save.
  next(work) {
    this.waiting += 1;
    this.last = this.last.then(work).catch((error) => this.grid.say(String(error))).finally(() => { this.waiting -= 1; });
    return this.last;
  }

  save(row) {
    return this.next(async () => {
      if (row.isBlank || !row.isChanged || !row.element.isConnected) return;
      const sent = { ...row.take() };
      row.sent = sent; // on its way: it is no longer nothing, whatever one does with the row
      row.set("saving");
      const { account, fund } = row.body.dataset;
      const answer = await this.send(this.grid.dataset.save, {
        id: row.id, account: Number(account), fund: Number(fund), after: this.grid.before(row)?.id ?? null,
        price_item: row.item, texts: sent, base: row.id ? row.saved : null,
      });
      row.sent = null;
      this.took(row, answer, sent);
    });
  }

  took(row, { status, body }, sent) {
    if (status === 200) {
      this.grid.read = body.version;
      row.kept(body, sent);
      this.grid.saved(body);
    } else if (status === 409 && body.conflict) this.grid.conflict(row, body);
    else {
      row.mark(body.reasons ?? [{ at: "name", text: this.grid.words.refused }]);
      this.grid.wrong();
    }
  }

  remove(row) {
    return this.next(async () => {
      if (!row.id) return this.grid.forget(row);
      const { status, body } = await this.send(this.grid.dataset.remove, { id: row.id, base: row.saved });
      if (status === 200) {
        this.grid.read = body.version;
        this.grid.removed(row);
      } else if (status === 409 && body.conflict) this.grid.conflict(row, body);
      else this.grid.back(row, body.reasons ?? []);
      return undefined;
    });
  }

  paste(block, body, after) {
    return this.next(async () => {
      const { account, fund } = body.dataset;
      const answer = await this.send(this.grid.dataset.paste, { block, account: Number(account), fund: Number(fund), after: after?.id ?? null });
      this.grid.pasted(answer, body, after);
    });
  }

  async send(url, values) {
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}-${Math.random()}`;
    const asked = JSON.stringify({ read: this.grid.read, ...values });
    for (let wait = 1000; ; wait = Math.min(wait * 2, RKA_LONGEST_WAIT)) {
      const answer = await fetch(url, {
        method: "POST", body: asked, redirect: "manual",
        headers: { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key, "X-CSRFToken": this.grid.token },
      }).catch(() => null);
      if (answer && answer.type === "opaqueredirect") throw this.grid.words.signedOut;
      if (answer && answer.status < 500) {
        const body = await answer.json().catch(() => ({}));
        return { status: answer.status, body };
      }
      this.grid.say(this.grid.words.offline);
      await new Promise((resolve) => { setTimeout(resolve, wait); });
    }
  }
}
