import Records

/// Names that no honest machine has: each would do something where it is not made harmless.
let hostileNames = [
  "a\"quote", "a,comma", "a\nline", "a\r\nline", "a\rline", "a\u{2028}line", "a\u{85}line",
  "\u{1B}[31mred\u{1B}[0m", "\u{9B}31mred", "bell\u{7}back\u{8}\0end", "\u{202E}reversed",
  "zero\u{200B}width",
  "a|pipe", "<script>alert(1)</script>", "<!-- comment", "**bold**", "_italic_", "`code`", "~~struck~~",
  "[link](javascript:x)", "![image](http://example.com/x)", "&lt;entity&gt;", "$math$", "back\\", "\\|",
  "# heading", "- item", "+ item", "1. item", "> quote", "    code", "```", "~~~", "---", "===",
  "=HYPERLINK(\"http://example.com\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "\u{FEFF}=1",
  "＝1+1", "＋1", "－1", "＠SUM(A1)", " =1", "a;b", "a;=1", "a;\"b", "@name", "a@b.example", "#1", "owner/name#1",
  "http://example.com", "HTTPS://example.com", "www.example.com",
  // A mark that combines with the character before it must not hide that character.
  "a|\u{301}pipe", "<\u{301}script>", "a\"\u{301},\u{301}b", "=\u{301}1", "\u{301}=1",
  "", " ", "'", String(repeating: "long", count: 500), "名前", "👩‍👩‍👧",
]

/// The synthetic run with a name in every place that a machine, a model or a file fills.
func hostileRun(_ name: String) -> RunRecord {
  var run = syntheticRun
  run.host = name
  run.version = name
  run.startedAt = name
  run.passport.processor = name
  for position in run.plan.configurations.indices {
    let configuration = run.plan.configurations[position]
    // The model single stays, so that there are speedups; fork and sum go by the name.
    if configuration.model == "fork" { run.plan.configurations[position].model = name }
    if configuration.workload == "sum" { run.plan.configurations[position].workload = name }
    run.plan.configurations[position].kernel = name
  }
  for position in run.trials.indices where run.trials[position].failure != nil {
    run.trials[position].failure = name
  }
  return run
}

/// Whether a text has only characters that a terminal shows, and line feeds.
func isHarmlessOnTerminal(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar == "\n"
    default: true
    }
  }
}
