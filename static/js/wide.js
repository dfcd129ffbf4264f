// What is wider than its place scrolls there: the keyboard must reach it, and screen readers name it.

const LEAST = 640; // width of a text (CSS pixels) beside which there may be room
const WIDEST = 1152; // as wide as a page gets
const MARGINS = 64;

/** @param {HTMLElement} body a text */
export function attach(body) {
  const widths = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const isRoom = target === body || target === document.documentElement;
      for (const box of isRoom ? body.querySelectorAll(".scroll") : [target.closest(".scroll, pre")]) {
        if (box instanceof HTMLElement) fit(box);
      }
    }
  });

  /** @param {HTMLElement} box */
  function fit(box) {
    box.removeAttribute("tabindex");
    box.role = box.ariaLabel = null;
    const table = box.querySelector("table");
    if (table && box.parentElement === body) widen(box, table.offsetWidth);
    const { caption } = table ?? {};
    if (caption) caption.style.maxWidth = `${box.clientWidth}px`;
    if (box.scrollWidth <= box.clientWidth) return;
    box.tabIndex = 0;
    box.role = "group";
    box.ariaLabel = [caption?.textContent?.trim(), table ? body.dataset.scroll : body.dataset.scrollCode].filter(Boolean).join(". ");
  }

  /** Give a table that needs it the room beside the text. @param {HTMLElement} box @param {number} wanted */
  function widen(box, wanted) {
    const text = body.clientWidth;
    const room = Math.min(wanted, document.documentElement.clientWidth - MARGINS, WIDEST);
    const isWider = text >= LEAST && room > text;
    put(box, isWider ? `${room}px` : "", isWider ? `${(text - room) / 2}px` : "");
  }

  /** @param {HTMLElement} box @param {string} width @param {string} start */
  function put(box, width, start) {
    box.style.width = box.style.maxWidth = width;
    box.style.marginInlineStart = start;
  }

  /** @returns {HTMLElement[]} */
  function frames() {
    return [...body.querySelectorAll(".scroll")].filter((box) => box instanceof HTMLElement);
  }

  widths.observe(body);
  widths.observe(document.documentElement);
  // paper has a width of its own
  addEventListener("beforeprint", () => frames().forEach((box) => put(box, "", "")));
  addEventListener("afterprint", () => frames().forEach(fit));
  for (const wide of body.querySelectorAll("table, pre")) {
    widths.observe(wide);
    if (wide.matches("pre")) continue;
    const frame = document.createElement("div");
    frame.className = "scroll";
    wide.replaceWith(frame);
    // it stays where it is, in as many lines as it needs
    if (wide instanceof HTMLTableElement && wide.caption) wide.caption.style.cssText = "position: sticky; inset-inline-start: 0";
    frame.append(wide);
    widths.observe(frame);
  }
}
