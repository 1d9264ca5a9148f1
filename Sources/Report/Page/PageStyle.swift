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
    figure { margin: 0; break-inside: avoid }
    svg { display: block; width: 100%; height: auto }
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
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e8eaed; --quiet: #a4abb3; --rule: #2c3037; --paper: #16181d; --bad: #ff8a80 }
    }
    @media print {
      body { max-width: none; padding: 0; font-size: 11pt }
      nav, .choice { display: none }
      .grid { grid-template-columns: 1fr 1fr }
      .scroll { overflow: visible }
      table { font-size: 7pt }
      th, td { padding: 1pt 3pt }
      td.text { white-space: normal }
    }
    """

  /// The SHA-256 of this and of the drawings' style, for the page's policy. If they change, a test prints the new ones.
  static let hashes = [
    "sha256-w2Cv9USfnITyFC+IsML2Ik/8ZsQTn8doMEytj/nIk/8=",
    "sha256-HDxlSyTEtjMsSy2NmQP9W2vJLPG19xbt+QF5aYO+uf0=",
  ]
}
