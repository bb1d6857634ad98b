// Keeps what the element says. Loaded before it, so that nothing is missed.
window.said = [];
for (const name of ["ready", "navigate", "changed", "sign-in"]) {
  addEventListener(`roomkey:${name}`, (event) => window.said.push([name, event.detail]));
}
