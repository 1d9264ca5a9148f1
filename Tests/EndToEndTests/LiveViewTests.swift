import Foundation
import Testing

/// What a person sees of a run while it goes.
@Suite struct LiveViewTests {
  private static let run = [
    "--workload", "stress", "--model", "single,fork", "--workers", "1,2", "--seconds", "0.3", "--trials",
    "1000",
    "--no-save",
  ]

  private func start(_ terminal: PseudoTerminal, _ environment: [String: String]) throws -> Program.Running {
    try Program("scaleup").start(
      Self.run, in: try Folder(), error: terminal.device,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
  }

  @Test func `cores, the trial and the medians are shown, and nothing is left of them`() throws {
    let terminal = try PseudoTerminal()
    let running = try start(terminal, [:])
    try waitUntil("a trial counts") { terminal.has("6 of 3003") }
    #expect(terminal.has("\u{1B}[36m0 ") && terminal.has(" %\u{1B}[0m"))
    #expect(terminal.has("median so far") && terminal.has("▸"))
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
    // The view is cleared before the last words, which stand alone.
    let last = terminal.shown().split(separator: "\u{1B}[J").last.map(String.init) ?? ""
    #expect(last.hasPrefix("interrupted after ") && !last.contains("\u{1B}"), "\(last)")
  }

  @Test func `after a stop it begins anew under what was shown meanwhile`() throws {
    let terminal = try PseudoTerminal()
    let running = try start(terminal, ["NO_COLOR": "1"])
    try waitUntil("something is shown") { terminal.has("median so far") }
    running.send(SIGSTOP)
    usleep(1_500_000)
    let before = terminal.shown()
    running.send(SIGCONT)
    try waitUntil("more is shown") { terminal.shown().count > before.count + 1000 }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    let after = terminal.shown().dropFirst(before.count)
    // All of the first painting, which does not go up, and then those over it.
    let title = try #require(after.firstRange(of: "median so far"))
    #expect(!after[..<title.lowerBound].contains(/\u{1B}\[\d+A/))
    #expect(after[title.upperBound...].contains(/\u{1B}\[\d+A/))
  }

  @Test func `a terminal that is stopped stops neither the run nor its end`() throws {
    let terminal = try PseudoTerminal()
    let running = try start(terminal, [:])
    try waitUntil("something is shown") { terminal.has("median so far") }
    let device = terminal.device.fileDescriptor
    #expect(tcflow(device, TCOOFF) == 0)
    usleep(500_000)
    running.send(SIGTERM)
    try waitUntil("it ends") { !running.process.isRunning }
    #expect(tcflow(device, TCOON) == 0)
    #expect(try running.wait().status == 143)
  }

  @Test func `a terminal that is made smaller meanwhile is kept to`() throws {
    let terminal = try PseudoTerminal(columns: 100, rows: 40)
    let running = try start(terminal, ["NO_COLOR": "1"])
    try waitUntil("something is shown") { terminal.has("median so far") }
    terminal.resize(columns: 30, rows: 5)
    let before = terminal.shown().count
    try waitUntil("more is shown") { terminal.shown().count > before + 500 }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    let shown = terminal.shown()
    #expect(!shown.contains("\u{1B}[36m"))
    // After the first painting in the new size at most four lines are gone up, and none is longer than 29 characters.
    let small = shown.dropFirst(before).split(separator: "\u{1B}[J").dropFirst().dropLast()
    let ups = small.flatMap { $0.matches(of: /\u{1B}\[(\d+)A/).compactMap { Int($0.1) } }
    #expect(ups.allSatisfy { $0 <= 4 })
    let texts = small.flatMap { $0.split(whereSeparator: { $0.isNewline || $0 == "\u{1B}" }) }
    #expect(texts.allSatisfy { $0.count <= 32 })
  }
}
