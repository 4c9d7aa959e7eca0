// In a room nobody closes a cause: after two quiet minutes the wall comes back by itself.
// Whoever reads, points, types or scrolls is left alone.
const QUIET = 120_000; // ms
let timer;
const wait = () => {
  clearTimeout(timer);
  timer = setTimeout(() => location.assign(document.querySelector("[data-wall]").href), QUIET);
};
for (const event of ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"]) {
  addEventListener(event, wait, { passive: true });
}
wait();
