import Records
import Testing

@testable import Report

struct HostileReportTests {
  private static let tame = hostileRun("tame")
  private static let tameLines = runDetails(of: tame).lineCount
  private static let tameCodes = runDetails(of: tame, style: TextStyle(isBold: true)).codeCount
  private static let tameMarkdown = skeleton(markdownReport(of: tame))

  @Test("a foreign name is one line in a text report, without terminal codes", arguments: hostileNames)
  func text(name: String) {
    let report = runDetails(of: hostileRun(name))
    #expect(report.lineCount == Self.tameLines)
    #expect(isHarmlessOnTerminal(report))
  }

  @Test(
    "a foreign name widens a narrow report only by a long word or the narrowest table",
    arguments: hostileNames)
  func narrow(name: String) {
    let run = hostileRun(name)
    for report in [runDetails, { runSummary(of: $0, style: $1) }] {
      let text = report(run, TextStyle(width: 40))
      #expect(isHarmlessOnTerminal(text))
      // In one column every word has its own line, and every table only its fixed columns.
      let narrowest = Set(report(run, TextStyle(width: 1)).split(separator: "\n"))
      for line in text.split(separator: "\n") where line.count > 40 { #expect(narrowest.contains(line)) }
    }
  }

  @Test("foreign names add no terminal codes to bold headings", arguments: hostileNames)
  func bold(name: String) {
    #expect(Self.tameCodes == 2 * 6, "the heading, and five titles of tables")
    #expect(runDetails(of: hostileRun(name), style: TextStyle(isBold: true)).codeCount == Self.tameCodes)
  }

  @Test("printable parts of a foreign name stay readable")
  func visible() {
    for name in ["a\"quote", "a|pipe", "<script>alert(1)</script>", "=1", "名前"] {
      let lines = runDetails(of: hostileRun(name)).split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("\(name) ") && $0.contains(" 8! ") })
      #expect(lines.contains { $0.hasPrefix("\(name) 0…2·10^9, \(name) kernel, ") })
    }
    #expect(
      runDetails(of: hostileRun("a\nb")).contains("scaleup a\u{FFFD}b · a\u{FFFD}b · a\u{FFFD}b, 4 CPUs · "))
  }

  @Test("a foreign name is one line of plain text in Markdown", arguments: hostileNames)
  func markdown(name: String) {
    let report = markdownReport(of: hostileRun(name))
    #expect(isHarmlessOnTerminal(report))
    #expect(Self.skeleton(report) == Self.tameMarkdown)
  }

  @Test(
    "a foreign name that begins a sentence begins no heading, list or code in Markdown",
    arguments: hostileNames)
  func markdownLineStarts(name: String) {
    func markdown(_ name: String) -> String {
      var run = hostileRun(name)
      let taskgroup = run.plan.configurations.firstIndex { $0.model == "taskgroup" }
      run.trials.removeAll { $0.configuration == taskgroup }
      return markdownReport(of: run)
    }
    #expect(markdown("tame").contains("\n\ntame came first"))
    for line in markdown(name).unicodeScalars.split(separator: "\n") {
      if ["**", "| "].contains(where: { line.starts(with: $0.unicodeScalars) }) { continue }
      let number = line.prefix { ("0"..."9").contains($0) }
      let marks = number.isEmpty ? " \t#+-=>`~:*_|" : ".)"
      #expect(!marks.unicodeScalars.contains(line.dropFirst(number.count).first ?? " "), "\(String(line))")
    }
  }

  @Test(
    "a sentence's first word is escaped in Markdown only if Markdown would take it for its own",
    arguments: [
      ("# x", "\\# x"), ("- x", "\\- x"), ("+ x", "\\+ x"), ("===", "\\==="), ("1. x", "1\\. x"),
      ("12) x", "12\\) x"), ("> x", "\\> x"), ("    code", "code"), ("```", "\\`\\`\\`"),
      ("4 workers - or 5.", "4 workers - or 5."), ("x # y", "x # y"), ("2026", "2026"), ("", ""),
    ])
  func markdownSentence(text: String, markdown: String) {
    #expect(Section.markdown([Section(lines: [text])]) == markdown + "\n")
  }

  @Test(
    "names, numbers and addresses in Markdown are broken by a space without width, so that no site links them",
    arguments: [
      ("@name", "@&#8203;name"), ("a@b.example", "a@&#8203;b.example"), ("#1", "#&#8203;1"),
      ("owner/name#12", "owner/name#&#8203;12"), ("http://a.example", "http:&#8203;//a.example"),
      ("www.a.example", "www.&#8203;a.example"), ("WWW.a", "WWW.&#8203;a"), ("@ 3.20GHz", "@ 3.20GHz"),
      ("# x", "# x"), ("1:2", "1:2"), ("v1.2", "v1.2"),
    ])
  func links(text: String, markdown: String) {
    #expect(markdownText(text) == markdown)
    let table = Table(columns: [Table.Column("model")], rows: [[text]]).markdown
    #expect(table.last == "| \(markdown) |")
  }

  /// Returns the Markdown syntax of each line: the characters with a meaning that no backslash removes, except the
  /// zero-width spaces that break links.
  private static func skeleton(_ text: String) -> [String] {
    text.split(separator: "&#8203;").joined().unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { line in
      var skeleton = ""
      var isEscaped = false
      for scalar in line {
        if !isEscaped && "`*_[]<>|~&$".unicodeScalars.contains(scalar) {
          skeleton.unicodeScalars.append(scalar)
        }
        isEscaped = !isEscaped && scalar == "\\"
      }
      return skeleton
    }
  }
}

extension String {
  fileprivate var lineCount: Int { unicodeScalars.count { $0 == "\n" } }

  /// The number of terminal codes.
  fileprivate var codeCount: Int { unicodeScalars.count { $0 == "\u{1B}" } }
}
