// What the keys do in a row of the grid; what is not named here the browser does.
"use strict";

function rkaKeys(grid, row, event) {
  const field = event.target.closest("[data-field]")?.dataset.field ?? "name";
  const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
  const done = row.isOpen ? rkaWriting(grid, row, field, name) : rkaReading(grid, row, name);
  if (done) {
    event.preventDefault();
    event.stopPropagation();
  }
}

// In a row that is read: arrows walk, Enter and F2 open.
function rkaReading(grid, row, name) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[name];
  if (step) {
    const other = grid.beside(row, step);
    grid.rove(other ?? row);
    other?.cell("name").querySelector("a, .rka-link").focus();
    return true;
  }
  if (name === "Enter" || name === "F2") return rkaDone(() => grid.write(row));
  if (name === "Ctrl+Enter") return rkaDone(() => grid.write(grid.add(row.body, row)));
  if (name === "Ctrl+Delete" || name === "Ctrl+Backspace") return rkaDone(() => grid.remove(row));
  return false;
}

function rkaWriting(grid, row, field, name) {
  const acts = {
    Enter: () => rkaDown(grid, row, field),
    "Shift+Enter": () => rkaUp(grid, row, field),
    ArrowDown: () => grid.beside(row, 1) && grid.write(grid.beside(row, 1), field),
    ArrowUp: () => rkaUp(grid, row, field),
    "Ctrl+Enter": () => grid.write(grid.add(row.body, row)),
    "Ctrl+Delete": () => grid.remove(row),
    "Ctrl+Backspace": () => grid.remove(row),
    "Ctrl+s": () => grid.saveAll(),
    Escape: () => rkaBack(grid, row),
  };
  if (acts[name]) return rkaDone(acts[name]);
  if (name === "Tab" && field === RKA_FIELDS.at(-1)) return rkaOnward(grid, row);
  if (name === "Shift+Tab" && field === "name") return rkaBackward(grid, row);
  return false;
}

function rkaDone(act) {
  act();
  return true;
}

// Enter in the last row of an account begins the next one, as long as something was typed.
function rkaDown(grid, row, field) {
  const below = grid.beside(row, 1);
  row.take();
  if (below?.body === row.body) grid.write(below, field);
  else if (!row.isBlank) grid.write(grid.add(row.body, row));
  else if (below) grid.write(below, field);
}

function rkaUp(grid, row, field) {
  const above = grid.beside(row, -1);
  if (above) grid.write(above, field);
}

function rkaOnward(grid, row) {
  row.take();
  if (row.isBlank) return false; // Tab in an empty row leaves the grid, as everywhere
  rkaDown(grid, row, "name");
  return true;
}

function rkaBackward(grid, row) {
  const above = grid.beside(row, -1);
  if (!above) return false;
  grid.write(above, RKA_FIELDS.at(-1));
  return true;
}

function rkaBack(grid, row) {
  row.texts = { ...(row.sent ?? row.saved) };
  for (const field of RKA_FIELDS) row.input(field).value = row.texts[field];
  row.errors = [];
  row.state = "";
  row.live();
  const below = grid.beside(row, -1) ?? grid.beside(row, 1);
  grid.leave(row);
  const stays = row.element.isConnected ? row : below;
  grid.rove(stays);
  stays?.cell("name").querySelector("a, .rka-link")?.focus();
}
