import Records
import Report
import Testing

struct HostileReportTests {
  private static let tame = hostileRun("tame")
  private static let tameLines = [nil, 40].map { runDetails(of: tame, style: TextStyle(width: $0)).lineCount }
  private static let tameCodes = runDetails(of: tame, style: TextStyle(isBold: true)).codeCount
  private static let tameMarkdown = skeleton(markdownReport(of: tame))

  @Test("a foreign name is one line in a text report, without terminal codes", arguments: hostileNames)
  func text(name: String) {
    for (width, lines) in zip([nil, 40], Self.tameLines) {
      let report = runDetails(of: hostileRun(name), style: TextStyle(width: width))
      #expect(report.lineCount == lines)
      #expect(isHarmlessOnTerminal(report))
    }
  }

  @Test("foreign names add no terminal codes to bold headings", arguments: hostileNames)
  func bold(name: String) {
    #expect(Self.tameCodes == 2 * 3)
    #expect(runDetails(of: hostileRun(name), style: TextStyle(isBold: true)).codeCount == Self.tameCodes)
  }

  @Test("printable parts of a foreign name stay readable")
  func visible() {
    for name in ["a\"quote", "a|pipe", "<script>alert(1)</script>", "=1", "名前"] {
      let lines = runDetails(of: hostileRun(name)).split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("\(name) ") && $0.contains(" 8! ") })
      #expect(lines.contains { $0.hasPrefix("\(name) 0…2·10^9, \(name) kernel, ") })
    }
    #expect(runDetails(of: hostileRun("a\nb")).contains("on a\u{FFFD}b: a\u{FFFD}b, 4 effective CPUs"))
  }

  @Test("a foreign name is one line of plain text in Markdown", arguments: hostileNames)
  func markdown(name: String) {
    let report = markdownReport(of: hostileRun(name))
    #expect(isHarmlessOnTerminal(report))
    #expect(Self.skeleton(report) == Self.tameMarkdown)
  }

  @Test("a foreign name starts no line in Markdown", arguments: hostileNames)
  func markdownLineStarts(name: String) {
    let starts = ["**", "| ", "FAILED: ", "! more workers", "No scaling law ", "Fastest on this machine: "]
    for line in markdownReport(of: hostileRun(name)).split(separator: "\n") {
      #expect(starts.contains { line.unicodeScalars.starts(with: $0.unicodeScalars) }, "\(line)")
    }
  }

  /// What Markdown takes for its own in each line: everything with a meaning that no backslash takes away.
  private static func skeleton(_ text: String) -> [String] {
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

extension String {
  fileprivate var lineCount: Int { unicodeScalars.count { $0 == "\n" } }

  /// The number of terminal codes.
  fileprivate var codeCount: Int { unicodeScalars.count { $0 == "\u{1B}" } }
}
