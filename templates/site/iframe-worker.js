/* Web workers for pages opened from a disc (file://), where browsers refuse `new Worker`: the script runs in a
   hidden frame instead, and messages pass between the two windows. Does nothing where workers are allowed. */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "検索の処理";
      document.body.appendChild(this.frame);
      const inner = this.frame.contentWindow;
      inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inner.importScripts = (...urls) => run(inner, urls);
      this.ready = run(inner, [String(url)]);
      this.ready.catch(() => this.dispatchEvent(new Event("error")));
    }

    postMessage(data) {
      this.ready.then(() => {
        const inner = this.frame.contentWindow;
        inner.dispatchEvent(new inner.MessageEvent("message", { data }));
      }, () => {});
    }

    terminate() {
      this.frame.remove();
    }
  }

  /* One after the other, as importScripts promises; the frame has no encoding of its own. */
  function run(inner, urls) {
    return urls.reduce((before, url) => before.then(() => new Promise((done, failed) => {
      const script = inner.document.createElement("script");
      script.charset = "utf-8";
      script.src = url;
      script.onload = done;
      script.onerror = () => failed(new Error(url));
      inner.document.body.appendChild(script);
    })), Promise.resolve());
  }

  /* The theme asks for this name to learn that its worker runs in a frame. */
  window.IFrameWorker = FrameWorker;
  window.Worker = FrameWorker;
})();
