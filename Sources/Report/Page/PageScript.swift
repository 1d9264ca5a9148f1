/// The script of the page: it sorts tables and shows one configuration at a time. Without it everything is shown.
enum PageScript {
  /// The code. It must not contain `<` or `&`.
  static let text: StaticString = """
    "use strict";
    // A quantity as it is shown, such as "69.45 ms", "±5.000 µs", "40,000/s", "9.7·10^9" or "1:05:30", in units that can be
    // compared; NaN for other text.
    const units = { ns: 1e-9, "µs": 1e-6, ms: 1e-3, kB: 1e3, MB: 1e6, GB: 1e9 };
    function quantity(text) {
      const clock = /^([0-9]+):([0-9]{2})(?::([0-9]{2}))?$/.exec(text);
      if (clock !== null) return 3600 * clock[1] + 60 * clock[2] + Number(clock[3] ?? 0);
      const parts = /^±?(-?[0-9.]+)(?:·10\\^(-?[0-9]+))?[!*]? ?([a-zA-Zµ]*)/.exec(text.replaceAll(",", ""));
      return parts === null ? NaN : Number(parts[1] + "e" + (parts[2] ?? 0)) * (units[parts[3]] ?? 1);
    }

    function sort(table, column, isDescending) {
      const body = table.tBodies[0];
      const rows = Array.from(body.rows, row => {
        const text = row.cells[column].textContent;
        return { row, text, value: quantity(text), isKnown: text !== "-" ? text !== "" : false };
      });
      const isNumeric = rows.every(entry => !entry.isKnown || !Number.isNaN(entry.value));
      const sign = isDescending ? -1 : 1;
      rows.sort((one, other) => {
        // What was not measured comes last in either order.
        if (!one.isKnown || !other.isKnown) return other.isKnown - one.isKnown;
        return sign * (isNumeric ? one.value - other.value : one.text.localeCompare(other.text));
      });
      body.append(...rows.map(entry => entry.row));
    }

    for (const table of document.querySelectorAll("table.sortable")) {
      const headings = Array.from(table.tHead.rows[0].cells);
      headings.forEach((heading, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = heading.textContent;
        heading.replaceChildren(button);
        button.addEventListener("click", () => {
          const isDescending = heading.getAttribute("aria-sort") === "ascending";
          headings.forEach(other => other.removeAttribute("aria-sort"));
          heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
          sort(table, column, isDescending);
        });
      });
    }

    for (const picker of document.querySelectorAll(".picker")) {
      const select = picker.querySelector("select");
      const trials = Array.from(picker.querySelectorAll(".trial"));
      const show = () => trials.forEach((trial, position) => { trial.hidden = position !== select.selectedIndex; });
      select.addEventListener("change", show);
      select.closest("p").hidden = false;
      show();
    }
    """

  /// The SHA-256 of the code, for the page's policy. If the code changes, a test prints the new one.
  static let hash = "sha256-G3xzd6IYwBU/wJYR4x3JGwWUBZDcrYk6JxuDi6JnEu8="
}
