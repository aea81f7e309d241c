/* A page that is left ends its stream itself: one that the browser ends counts as an error. */
htmx.createEventSource = function (url) {
  const source = new EventSource(url);
  addEventListener("pagehide", () => source.close());
  return source;
};
addEventListener("pageshow", (event) => {
  /* A browser may have kept the page as it was left, without its stream. */
  if (event.persisted) {
    location.reload();
  }
});

/* Of two quick choices both count: the answer to the first would take the second back, which is asked for next. */
const choices = new WeakMap();
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form) {
    choices.set(form, (choices.get(form) ?? 0) + 1);
  }
}, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.xhr.choice = choices.get(event.detail.elt);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.xhr.choice;
  if (asked !== choices.get(event.detail.requestConfig.elt)) {
    event.detail.shouldSwap = false;
  }
});
