// Rupiah as people type them, in whole sen; read as the server does (kernel/importing/parsing.py).
"use strict";

const cashNumbers = (() => {
  // "1.234,5" -> 123450n; "" -> 0n; null where it is no amount.
  function read(typed) {
    let plain = typed.trim().replace(/^(Rp\.?|IDR)/i, "").replace(/[\s\u00a0]/g, "");
    if (!plain) return 0n;
    if (/^[+-]?\d{1,3}[.,]\d{3}$/.test(plain)) plain = plain.replace(/[.,]/, "");
    else if (/^[+-]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$/.test(plain)) plain = plain.replaceAll(".", "");
    else if (/^[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$/.test(plain)) plain = plain.replaceAll(",", "");
    const match = /^([+-]?)(\d{1,17})(?:[.,](\d{1,12}))?$/.exec(plain);
    if (!match) return null;
    const finer = (match[3] ?? "").replace(/0+$/, "");
    if (finer.length > 2 || match[1] === "-") return null;
    return BigInt(match[2] + finer.padEnd(2, "0"));
  }

  // 123456n -> "1.234,56", with the marks of the page's language.
  function show(sen) {
    const english = document.documentElement.lang === "en";
    const digits = String(sen < 0n ? -sen : sen).padStart(3, "0");
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, english ? "," : ".");
    return `${sen < 0n ? "-" : ""}${whole}${english ? "." : ","}${digits.slice(-2)}`;
  }

  return Object.freeze({ read, show });
})();
