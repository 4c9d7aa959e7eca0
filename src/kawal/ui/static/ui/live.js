// Keeps a page current: paints what the stream sends, greys what has grown old, shows a lost line.
//
// <live-page topic ticket renew> wraps the page. Inside it:
//   id                    a fragment that the stream replaces by its id
//   .as-of                inside a fragment: becomes the age of its data
//   data-stale-at         epoch seconds after which the element greys out (data-stale appears)
//   data-since            epoch seconds; the element's text becomes the age (data-short: one unit)
//   data-clock            the element's text becomes the city's time of day
// The words come from the page's data attributes, so that this file speaks no language.

const LOST_AFTER = 4000; // ms without a beat; looked at each second, so a room knows within five

class LivePage extends HTMLElement {
  connectedCallback() {
    this.lastBeat = performance.now();
    this.pause = 1000;
    this.formatter = new Intl.DateTimeFormat(document.documentElement.lang, {
      timeZone: this.dataset.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    this.fresh = {};
    this.offset = Number(this.dataset.now) * 1000 - Date.now(); // server minus ours, ms
    this.open(this.getAttribute("ticket"));
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.source?.close();
  }

  open(ticket) {
    const query = new URLSearchParams({ topic: this.getAttribute("topic"), ticket });
    this.source = new EventSource(`/events?${query}`);
    this.source.addEventListener("snapshot", (event) => {
      this.pause = 1000;
      this.beat();
      this.paint(JSON.parse(event.data));
    });
    this.source.addEventListener("change", (event) => { this.beat(); this.paint(JSON.parse(event.data)); });
    this.source.addEventListener("beat", (event) => { this.beat(); this.pulse(JSON.parse(event.data)); });
    this.source.onerror = () => this.reopen();
  }

  async reopen() {
    this.source.close();
    clearTimeout(this.retry);
    this.retry = setTimeout(async () => {
      try {
        const answer = await fetch(this.getAttribute("renew"), { cache: "no-store", credentials: "same-origin" });
        if (!answer.ok) throw new Error(answer.status);
        this.open((await answer.text()).trim());
      } catch {
        this.reopen();
      }
    }, this.pause);
    this.pause = Math.min(this.pause * 1.6, 8000);
  }

  beat() {
    this.lastBeat = performance.now();
  }

  pulse(facts) {
    this.offset = facts.now * 1000 - Date.now();
    this.toggleAttribute("data-unfed", facts.fed === false);
    if (this.build === undefined) this.build = facts.build;
    if (facts.build !== this.build) location.reload();
    this.fresh = facts.fresh ?? {};
    this.tick();
  }

  // How old each element's data are comes with the beat, not with its fragment. One that is stale
  // shows the age of what made it so.
  refresh() {
    const now = (Date.now() + this.offset) / 1000;
    for (const [id, [asOf, staleAt, oldFrom]] of Object.entries(this.fresh)) {
      const element = document.getElementById(id);
      if (!element) continue;
      element.dataset.staleAt = staleAt;
      const place = element.querySelector(".as-of");
      if (place) place.dataset.since = now > staleAt ? oldFrom ?? asOf : asOf;
    }
  }

  paint(fragments) {
    for (const [id, html] of Object.entries(fragments)) {
      const old = document.getElementById(id);
      if (!old) { if (html && this.hasAttribute("whole")) location.reload(); continue; }
      if (!html) { old.remove(); continue; }
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const fresh = holder.content.firstElementChild;
      if (old.isEqualNode(fresh)) continue;
      const had = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      old.replaceWith(fresh);
      if (had) fresh.querySelector(`[href="${CSS.escape(had)}"]`)?.focus();
    }
    this.tick();
  }

  tick() {
    const silent = performance.now() - this.lastBeat;
    this.toggleAttribute("data-lost", silent > LOST_AFTER);
    this.refresh();
    const now = Date.now() + this.offset;
    for (const element of this.querySelectorAll("[data-clock]")) element.textContent = this.formatter.format(now).replaceAll(":", ".");
    for (const element of this.querySelectorAll("[data-stale-at]")) {
      element.toggleAttribute("data-stale", now / 1000 > Number(element.dataset.staleAt));
    }
    for (const element of this.querySelectorAll("[data-since]")) {
      const text = this.age(now / 1000 - Number(element.dataset.since), "short" in element.dataset);
      if (element.textContent !== text) element.textContent = text; // what stays is not laid out anew
    }
  }

  age(seconds, short) {
    const s = Math.max(0, Math.round(seconds));
    const unit = (n, name) => `${n} ${this.dataset[name]}`;
    if (s < 60) return unit(s, "seconds");
    if (s < 3600) return unit(Math.floor(s / 60), "minutes");
    if (s < 86400) {
      const minutes = short ? 0 : Math.floor((s % 3600) / 60);
      return unit(Math.floor(s / 3600), "hours") + (minutes ? ` ${unit(minutes, "minutes")}` : "");
    }
    return unit(Math.floor(s / 86400), "days");
  }
}

customElements.define("live-page", LivePage);
