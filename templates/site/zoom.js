/* Drawings and pictures in full size: a button above each opens a dialog in which it is enlarged (buttons, + and -,
   wheel, two fingers) and moved (dragging, scrolling, arrow keys). Without this script there are no buttons. */
(() => {
  "use strict";

  const WHERE = ".nohin img.diagram, .nohin :is(figure, .shown) img.picture";
  const STEP = 1.25;
  const MOST = 8;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /* What the drawing is called: a book's numbered caption, else the first sentence of its alternative text. */
  function nameOf(image) {
    const figure = image.closest("figure.drawing");
    const caption = figure && figure.querySelector("figcaption");
    return (caption && caption.textContent.trim()) || image.alt.split("。")[0] || "図";
  }

  function element(kind, attributes, ...children) {
    const made = document.createElement(kind);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  class Zoom {
    constructor() {
      this.title = element("p", { id: "zoom-title", class: "zoom-title" });
      this.image = element("img", { alt: "", draggable: "false" });
      this.view = element("div", { class: "zoom-view", tabindex: "0", role: "group", "aria-label": "図　矢印キーで動かし、＋と－で大きさを変えられます" }, this.image);
      this.size = element("output", { "aria-label": "大きさ" });
      const sizes = element("div", { class: "zoom-sizes", role: "group", "aria-label": "大きさ" },
        this.button("縮小", () => this.step(1 / STEP)), this.button("拡大", () => this.step(STEP)),
        this.button("全体", () => this.whole()), this.button("原寸", () => this.to(1)), this.size);
      this.dialog = element("dialog", { class: "zoom", "aria-labelledby": "zoom-title" },
        element("div", { class: "zoom-bar" }, this.title, sizes, this.button("閉じる", () => this.dialog.close())), this.view);
      this.fingers = new Map();
      this.listen();
      document.body.append(this.dialog);
    }

    button(text, act) {
      const made = element("button", { type: "button" }, text);
      made.addEventListener("click", act);
      return made;
    }

    listen() {
      this.dialog.addEventListener("keydown", (event) => this.key(event));
      this.dialog.addEventListener("close", () => this.opener.focus());
      this.view.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      this.view.addEventListener("pointerdown", (event) => this.down(event));
      this.view.addEventListener("pointermove", (event) => this.move(event));
      for (const end of ["pointerup", "pointercancel"]) this.view.addEventListener(end, (event) => this.fingers.delete(event.pointerId));
    }

    open(image, opener) {
      this.opener = opener;
      this.title.textContent = nameOf(image);
      this.image.src = image.src;
      this.image.alt = image.alt;
      this.natural = [image.naturalWidth || image.offsetWidth, image.naturalHeight || image.offsetHeight];
      this.fingers.clear();
      this.dialog.showModal();
      this.view.focus();
      this.to(Math.max(1, this.fitting()));
      this.view.scrollTo((this.view.scrollWidth - this.view.clientWidth) / 2, 0);
    }

    fitting() {
      return Math.min(this.view.clientWidth / this.natural[0], this.view.clientHeight / this.natural[1]);
    }

    whole() {
      this.to(this.fitting());
    }

    step(factor) {
      this.to(this.scale * factor);
    }

    /* The point of the drawing at (x, y), by default in the middle of the view, stays where it is. */
    to(scale, x, y) {
      const view = this.view.getBoundingClientRect();
      const [left, top] = [x ?? view.left + view.width / 2, y ?? view.top + view.height / 2];
      const before = this.image.getBoundingClientRect();
      const part = [(left - before.left) / (before.width || 1), (top - before.top) / (before.height || 1)];
      this.scale = Math.min(Math.max(scale, Math.min(1, this.fitting())), MOST);
      this.image.style.width = `${this.natural[0] * this.scale}px`;
      this.image.style.height = `${this.natural[1] * this.scale}px`;
      const after = this.image.getBoundingClientRect();
      this.view.scrollBy(after.left + part[0] * after.width - left, after.top + part[1] * after.height - top);
      this.size.value = `${Math.round(this.scale * 100)}%`;
    }

    /* No key of the dialog is for the page behind it, whose theme takes single letters for commands. */
    key(event) {
      event.stopPropagation();
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow) this.view.scrollBy(arrow[0] * 60, arrow[1] * 60);
      else if (["+", "=", ";"].includes(event.key)) this.step(STEP);
      else if (event.key === "-") this.step(1 / STEP);
      else if (event.key === "0") this.whole();
      else return;
      event.preventDefault();
    }

    /* Two fingers on a touchpad come as a wheel with Ctrl, in small steps. Sideways and with Shift it scrolls. */
    wheel(event) {
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const way = event.deltaMode ? event.deltaY * 33 : event.deltaY;
      this.to(this.scale * 2 ** (-way / (event.ctrlKey ? 100 : 400)), event.clientX, event.clientY);
    }

    down(event) {
      const onBar = event.target === this.view && (event.offsetX > this.view.clientWidth || event.offsetY > this.view.clientHeight);
      if (onBar || event.button) return;
      this.view.setPointerCapture(event.pointerId);
      this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    }

    move(event) {
      if (!this.fingers.has(event.pointerId)) return;
      const before = this.grip();
      this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
      const now = this.grip();
      this.view.scrollBy(before.x - now.x, before.y - now.y);
      if (before.apart && now.apart) this.to((this.scale * now.apart) / before.apart, now.x, now.y);
    }

    /* The middle of the fingers on the view and, of two, how far they are apart. */
    grip() {
      const points = Array.from(this.fingers.values());
      const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
      return { x, y, apart: points.length === 2 ? Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]) : 0 };
    }
  }

  let zoom = null;

  function setUp(image) {
    const button = element("button", { type: "button", class: "enlarge", "aria-label": `図を拡大　${nameOf(image)}` }, "図を拡大");
    const open = () => {
      zoom = zoom || new Zoom();
      zoom.open(image, button);
    };
    button.addEventListener("click", open);
    image.addEventListener("click", open);
    image.classList.add("enlarges");
    (image.closest(".scroll") || image).before(button);
  }

  if (window.HTMLDialogElement) document.querySelectorAll(WHERE).forEach(setUp);
})();
