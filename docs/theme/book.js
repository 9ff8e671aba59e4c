// The reader's choice of colors, kept between pages. Without a choice, or without this script, the system's holds.
const colors = ["auto", "light", "dark"];
const root = document.documentElement;

function chosen() {
  try {
    return localStorage.getItem("colors") ?? "auto";
  } catch {
    return "auto"; // some browsers keep nothing for pages that are files
  }
}

function show(choice) {
  root.dataset.colors = choice;
}

show(chosen());

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("button.colors");
  const label = () => {
    button.title = `Colors: ${root.dataset.colors}`;
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const choice = colors[(colors.indexOf(root.dataset.colors) + 1) % colors.length];
    show(choice);
    label();
    try {
      localStorage.setItem("colors", choice);
    } catch {
      // It holds for this page.
    }
  });
  label();
  button.hidden = false;

  // On a phone the contents cover the page: a link within it closes them.
  const menu = document.querySelector("details.menu");
  menu.addEventListener("click", (event) => {
    if (event.target.closest("a")) menu.open = false;
  });
});
