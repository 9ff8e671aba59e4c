// Steps through the timelines of a page. Without this script each shows its whole story.
const ICONS = {
  first: "M2 2h2v12H2zM14 2v12L5 8z",
  back: "M12 2v12L3 8z",
  forward: "M4 2v12l9-6z",
  last: "M12 2h2v12h-2zM2 2v12l9-6z",
};

function player(figure) {
  const steps = [...figure.querySelectorAll("g.step")];
  if (steps.length < 2) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let shown = steps.length; // how many steps are; at first the whole story

  const bar = document.createElement("div");
  bar.className = "player";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `Step through: ${figure.querySelector("svg > title").textContent}`);
  const buttons = bar.appendChild(document.createElement("div"));
  buttons.className = "buttons";
  const says = bar.appendChild(document.createElement("p"));
  says.className = "says";
  says.setAttribute("aria-live", "polite");

  const moves = {
    first: () => 1,
    back: () => shown - 1,
    forward: () => shown + 1,
    last: () => steps.length,
  };
  for (const name of Object.keys(moves)) {
    const button = buttons.appendChild(document.createElement("button"));
    button.type = "button";
    button.dataset.move = name;
    button.title = `${name[0].toUpperCase()}${name.slice(1)} step`;
    button.setAttribute("aria-label", button.title);
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    button.addEventListener("click", () => go(name));
  }

  function show() {
    steps.forEach((step, at) => step.classList.toggle("later", at >= shown));
    for (const button of buttons.children) {
      const back = ["first", "back"].includes(button.dataset.move);
      // Not "disabled": that would take the focus away from who is pressing it.
      button.setAttribute("aria-disabled", back ? shown === 1 : shown === steps.length);
    }
  }

  function say(number, sentence) {
    const text = document.createElement("span");
    const count = text.appendChild(document.createElement("b"));
    count.textContent = number;
    text.append(` ${sentence}`);
    says.replaceChildren(text);
  }

  function go(move) {
    const next = Math.min(Math.max(moves[move](), 1), steps.length);
    const going = bar.classList.contains("going");
    if (next === shown && going) return;
    shown = next;
    bar.classList.add("going"); // from now on it stays in sight
    show();
    const step = steps[shown - 1];
    say(`${shown} of ${steps.length}`, step.dataset.says);
    step.scrollIntoView({ block: "nearest", inline: "nearest", behavior: still.matches ? "auto" : "smooth" });
  }

  const keys = { ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last" };
  figure.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // A drawing wider than the screen scrolls with the same keys.
    const scroll = event.target.closest(".scroll");
    if (scroll && scroll.scrollWidth > scroll.clientWidth) return;
    event.preventDefault();
    go(move);
  });

  show();
  say(`${steps.length} steps.`, "Use the buttons or ← →.");
  figure.querySelector(".scroll").after(bar);
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("figure.timeline").forEach(player));
