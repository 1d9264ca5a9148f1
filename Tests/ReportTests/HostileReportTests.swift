import Records
import Report
import Testing

@Suite("Names from outside")
struct HostileReportTests {
  @Test("take one line in a text report and leave the terminal alone", arguments: hostileNames)
  func text(name: String) {
    for width in [nil, 40] {
      let style = TextStyle(width: width)
      let report = textReport(of: hostileRun(name), style: style)
      #expect(lineCount(report) == lineCount(textReport(of: hostileRun("tame"), style: style)))
      #expect(isHarmlessOnTerminal(report))
    }
  }

  @Test("add no terminal codes to those of bold headings", arguments: hostileNames)
  func bold(name: String) {
    func codes(_ name: String) -> Int {
      textReport(of: hostileRun(name), style: TextStyle(isBold: true)).unicodeScalars.count { $0 == "\u{1B}" }
    }
    #expect(codes("tame") == 2 * 3)
    #expect(codes(name) == codes("tame"))
  }

  @Test("stay readable in a text report as far as they are")
  func visible() {
    for name in ["a\"quote", "a|pipe", "<script>alert(1)</script>", "=1", "名前"] {
      let lines = textReport(of: hostileRun(name)).split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("\(name) ") && $0.contains(" 8! ") })
      #expect(lines.contains { $0.hasPrefix("\(name) 0…2·10^9, \(name) kernel, ") })
    }
    #expect(textReport(of: hostileRun("a\nb")).contains("on a\u{FFFD}b: a\u{FFFD}b, 4 effective CPUs"))
  }

  @Test("take one line in Markdown, in which they mean nothing", arguments: hostileNames)
  func markdown(name: String) {
    let report = markdownReport(of: hostileRun(name))
    let tame = markdownReport(of: hostileRun("tame"))
    #expect(isHarmlessOnTerminal(report))
    #expect(skeleton(report) == skeleton(tame))
  }

  @Test("begin no line in Markdown, where they could make a heading or a list of it", arguments: hostileNames)
  func markdownLineStarts(name: String) {
    let starts = ["**", "| ", "FAILED: ", "! more workers", "No scaling law ", "Fastest on this machine: "]
    for line in markdownReport(of: hostileRun(name)).split(separator: "\n") {
      #expect(starts.contains { line.unicodeScalars.starts(with: $0.unicodeScalars) }, "\(line)")
    }
  }

  private func lineCount(_ text: String) -> Int {
    text.unicodeScalars.count { $0 == "\n" }
  }

  /// What Markdown takes for its own in each line: everything with a meaning that no backslash takes away.
  private func skeleton(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
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
