/// The style of the page: light and dark, for wide screens, phones and paper.
enum PageStyle {
  /// The CSS rules, in addition to those of the drawings.
  static let text: StaticString = """
    :root { color-scheme: light dark; --ink: #1a1a1a; --quiet: #5a5f66; --rule: #dfe2e6; --paper: #ffffff; --bad: #b3261e }
    * { box-sizing: border-box }
    body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 78rem; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.25rem 0 }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--rule) }
    h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem }
    p { margin: 0.5rem 0; max-width: 46rem }
    p.quiet { color: var(--quiet); font-size: 0.9rem }
    .verdict { font-size: 1.1rem }
    .failed { color: var(--bad) }
    .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem 2.5rem; align-items: start }
    .grid > * { min-width: 0; max-width: 40rem }
    h1, h2, h3, summary { break-after: avoid }
    figure { margin: 0; break-inside: avoid }
    svg { display: block; width: 100%; max-width: 31rem; height: auto }
    .decision { display: grid; grid-template-columns: minmax(0, 14rem) minmax(0, 1fr); gap: 0.25rem 1.5rem; margin: 0.5rem 0 1rem; align-items: baseline; max-width: 46rem }
    .decision dt { color: var(--quiet) }
    .decision dd { margin: 0; font-variant-numeric: tabular-nums }
    .decision b { font-size: 1.4rem; line-height: 1.2; margin-right: 0.5rem }
    .decision small { color: var(--quiet); font-size: 0.85rem }
    nav a { margin-right: 1rem; white-space: nowrap; color: inherit }
    .scroll { overflow-x: auto; max-width: none }
    table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; overflow-wrap: normal }
    th, td { padding: 0.25rem 0.6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule) }
    th:first-child { text-align: left; padding-left: 0 }
    .text { text-align: left }
    tbody th { font-weight: normal }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
    thead th { vertical-align: bottom; border-bottom: 2px solid var(--quiet) }
    thead button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline dotted }
    [aria-sort=ascending] button::after { content: " ↑" }
    [aria-sort=descending] button::after { content: " ↓" }
    .facts th, .facts td { text-align: left; white-space: normal; vertical-align: top; min-width: 7rem }
    .facts thead th { border-bottom: 1px solid var(--rule); font-weight: normal }
    .facts th:first-child { color: var(--quiet) }
    summary { cursor: pointer; margin: 0.75rem 0 }
    select { font: inherit; max-width: 100%; padding: 0.25rem }
    [hidden] { display: none }
    @media screen and (max-width: 34rem) {
      body { padding-left: 0.4rem; padding-right: 0.4rem }
      .decision { display: block }
      .decision dd { margin-bottom: 0.4rem }
      .stacked table, .stacked tbody, .stacked tr, .stacked tbody th, .stacked td { display: block; white-space: normal; text-align: left; border: 0; padding: 0 }
      .stacked thead { display: none }
      .stacked tr { border-bottom: 1px solid var(--rule); padding: 0.5rem 0 }
      .stacked tbody th { font-weight: 600 }
      .stacked td::before { content: attr(data-title) ": "; color: var(--quiet) }
    }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e8eaed; --quiet: #a4abb3; --rule: #2c3037; --paper: #16181d; --bad: #ff8a80 }
    }
    @media print {
      body { max-width: none; padding: 0; font-size: 11pt }
      nav, .choice { display: none }
      .grid { display: block }
      .grid > * { display: inline-block; vertical-align: top; width: 49%; margin-bottom: 0.5cm }
      svg { max-height: 22cm }
      h2 + p, h3 + p { break-after: avoid }
      section > h2 { margin-top: 1.5rem }
      .scroll { overflow: visible }
      table { font-size: 7pt }
      th, td { padding: 1pt 3pt }
      td.text { white-space: normal }
    }
    """

  /// The SHA-256 of this and of the drawings' style, for the page's policy. If they change, a test prints the new ones.
  static let hashes = [
    "sha256-eWR91/THLGukMc7JdI9J82GCpNKro9jhVD7IaGGOcvI=",
    "sha256-zMAwCrfoJIa9lQU7d7KPJOMuEgLjACr04FOUl1NVJTA=",
  ]
}
