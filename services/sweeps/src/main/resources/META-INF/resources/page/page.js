/* A page that is left ends its stream itself: one that the browser ends counts as an error. */
htmx.createEventSource = function (url) {
  const source = new EventSource(url);
  addEventListener("pagehide", () => source.close());
  return source;
};
