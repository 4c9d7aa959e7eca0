// The grid of a cash plan: totals as you type, arrows between cells, a block pasted from a sheet.
"use strict";

for (const table of document.querySelectorAll("[data-cash-grid]")) {
  const rows = [...table.tBodies[0].rows];
  const cells = rows.map((row) => [...row.querySelectorAll("input")]);
  const ceilings = rows.map((row) => budgetNumbers.sen(row.dataset.ceiling));
  const said = table.closest("form").querySelector(".cash-said");
  let isChanged = false;

  const add = (amounts) => amounts.reduce((sum, one) => sum + (one ?? 0n), 0n);

  function put(place, amount) {
    place.textContent = budgetNumbers.show(amount);
    if (place.classList.contains("cash-off")) place.classList.toggle("cash-unfit", amount !== 0n);
  }

  function sum() {
    const amounts = cells.map((row) => row.map((cell) => budgetNumbers.senTyped(cell.value)));
    cells.forEach((row, r) => row.forEach((cell, c) => {
      if (amounts[r][c] === null) cell.setAttribute("aria-invalid", "true");
      else cell.removeAttribute("aria-invalid");
    }));
    const totals = amounts.map(add);
    rows.forEach((row, r) => {
      put(row.querySelector(".cash-sum"), totals[r]);
      put(row.querySelector(".cash-off"), totals[r] - ceilings[r]);
    });
    table.tFoot.querySelectorAll(".cash-month").forEach((place, c) => put(place, add(amounts.map((row) => row[c]))));
    const off = add(totals) - add(ceilings);
    put(table.tFoot.querySelector(".cash-all"), add(totals));
    put(table.tFoot.querySelector(".cash-off"), off);
    const fits = totals.every((total, r) => total === ceilings[r]);
    said.textContent = fits ? said.dataset.fits : said.dataset.word.replace("{amount}", budgetNumbers.show(off));
  }

  const find = (cell) => {
    const r = cells.findIndex((row) => row.includes(cell));
    return r < 0 ? null : [r, cells[r].indexOf(cell)];
  };

  function go(r, c) {
    const cell = cells[r]?.[c];
    cell?.focus();
    cell?.select();
    return Boolean(cell);
  }

  table.addEventListener("input", () => {
    isChanged = true;
    sum();
  });

  table.addEventListener("keydown", (event) => {
    const at = find(event.target);
    if (!at || event.altKey || event.ctrlKey || event.metaKey) return;
    const [r, c] = at;
    const { selectionStart: from, selectionEnd: to, value } = event.target;
    const all = from === 0 && to === value.length;
    const moves = {
      ArrowDown: () => go(r + 1, c),
      ArrowUp: () => go(r - 1, c),
      Enter: () => go(event.shiftKey ? r - 1 : r + 1, c) || true,
      ArrowRight: () => (all || from === value.length) && go(r, c + 1),
      ArrowLeft: () => (all || to === 0) && go(r, c - 1),
    };
    if (moves[event.key]?.()) event.preventDefault();
  });

  table.addEventListener("paste", (event) => {
    const at = find(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split("\n").forEach((line, down) => line.split("\t").forEach((piece, right) => {
      const cell = cells[at[0] + down]?.[at[1] + right];
      if (cell) cell.value = piece.trim();
    }));
    isChanged = true;
    sum();
  });

  table.addEventListener("focusout", (event) => {
    const amount = find(event.target) && budgetNumbers.senTyped(event.target.value);
    if (amount) event.target.value = budgetNumbers.show(amount).replace(/[.,]00$/, "");
  });

  table.closest("form").addEventListener("submit", () => { isChanged = false; });
  addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
  sum();
}
