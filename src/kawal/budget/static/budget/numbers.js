// Numbers as people type them, and exact amounts: whole numbers of the smallest part, no floats.
// The server reads the same way (kernel/typed.py) and computes again; this is for the eye, at once.
"use strict";

const budgetNumbers = (() => {
  const VOLUME = 4, PRICE = 2, TAX = 3, SEN = 2;
  const pageStyle = document.documentElement.lang === "en" ? "." : ","; // a style is its decimal mark
  const other = (mark) => (mark === "," ? "." : ",");
  const bare = (typed) =>
    typed.trim().replace(/^(rp\.?|idr)\s*/i, "").replace(/[\s\u00a0\u202f']/g, "").replace(/%$/, "");

  function proven(plain) {
    const last = Math.max(plain.lastIndexOf(","), plain.lastIndexOf("."));
    if (last < 0) return "";
    const mark = plain[last];
    if (plain.includes(other(mark))) return mark;
    if (plain.split(mark).length > 2) return other(mark);
    const groups = plain.length - last - 1 === 3 && last >= 1 && last <= 3 && plain[0] !== "0";
    return groups ? "" : mark;
  }

  // "1.234,5" -> "1234.5"; null where it is no number.
  function read(typed, style = pageStyle) {
    const plain = bare(typed);
    if (!/^[\d.,]*\d[\d.,]*$/.test(plain)) return null;
    const mark = proven(plain) || style;
    const group = `\\${other(mark)}`;
    if (!new RegExp(`^(\\d+|\\d{1,3}(${group}\\d{3})+)?(\\${mark}\\d*)?$`).test(plain)) return null;
    const written = plain.replaceAll(other(mark), "").replace(mark, ".");
    return /^\d{1,18}(\.\d{1,6})?$/.test(written) ? written : null;
  }

  // As `read`, but "95.000" and "95,000" are both "95000": no amount has thousandths.
  function money(typed) {
    if (typed.includes("%")) return null;
    const plain = bare(typed);
    return /^[1-9]\d{0,2}[.,]\d{3}$/.test(plain) ? plain.replace(/[.,]/, "") : read(typed);
  }

  // "3 Orang x 2 Hari" -> [["3", "Orang"], ["2", "Hari"]]; null where it says none.
  function coefficient(typed, style) {
    const found = [];
    for (const part of typed.trim().split(/\s*[×*]\s*|\s+[xX]\s+|(?<=\D)[xX](?=\d)/)) {
      const match = /^([\d.,]+)\s*(.*)$/.exec(part.trim());
      const volume = match && read(match[1], style);
      if (!volume) return null;
      found.push([volume, match[2]]);
    }
    return found;
  }

  // "12.5" in parts of 10^-places: 12500n for three places; what is finer is null.
  function parts(plain, places) {
    const [whole, finer = ""] = plain.split(".");
    const kept = finer.replace(/0+$/, "");
    return kept.length > places ? null : BigInt(whole + kept.padEnd(places, "0"));
  }

  // The amount in sen, rounded half up as the database does; null where something is missing.
  function amount(coefficientTyped, priceTyped, taxTyped, style) {
    const volumes = coefficient(coefficientTyped, style);
    const price = money(priceTyped), tax = read(taxTyped || "0", style);
    if (!volumes || volumes.length > 4 || price === null || tax === null) return null;
    const factors = [...volumes.map(([volume]) => parts(volume, VOLUME)), parts(price, PRICE), parts(tax, TAX)];
    if (factors.includes(null)) return null;
    const rate = factors.pop() + 100n * 10n ** BigInt(TAX);
    const product = factors.reduce((all, one) => all * one, rate);
    const scale = 10n ** BigInt(VOLUME * volumes.length + PRICE + TAX + 2 - SEN);
    return (product + scale / 2n) / scale;
  }

  // An amount as a program writes it, "-1234.5", in sen.
  const sen = (plain) => {
    const minus = plain.startsWith("-");
    const found = parts(minus ? plain.slice(1) : plain, SEN) ?? 0n;
    return minus ? -found : found;
  };

  // An amount as it was typed, in sen; nothing is 0n; null where it is no amount, or finer than a sen.
  function senTyped(typed) {
    if (!typed.trim()) return 0n;
    const plain = money(typed);
    return plain === null ? null : parts(plain, SEN);
  }

  // 123456n sen -> "1.234,56"; a sign goes before.
  function show(amount, style = pageStyle) {
    const digits = String(amount < 0n ? -amount : amount).padStart(SEN + 1, "0");
    const whole = digits.slice(0, -SEN).replace(/\B(?=(\d{3})+$)/g, other(style));
    return `${amount < 0n ? "-" : ""}${whole}${style}${digits.slice(-SEN)}`;
  }

  return Object.freeze({ read, money, coefficient, amount, sen, senTyped, show });
})();
