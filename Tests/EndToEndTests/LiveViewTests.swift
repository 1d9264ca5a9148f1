import Foundation
import Harness
import TestSupport
import Testing

/// What a person sees of a run while it goes.
@Suite struct LiveViewTests {
  private static let run = [
    "--workload", "stress", "--model", "single,fork", "--workers", "1,2", "--seconds", "0.1", "--trials",
    "1000", "--output", "run.json",
  ]

  private func start(
    _ terminal: PseudoTerminal, in folder: Folder? = nil, environment: [String: String] = [:]
  ) throws -> Program.Running {
    try Program("scaleup").start(
      Self.run, in: folder ?? Folder(), error: terminal.device,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
  }

  @Test func `cores, the trial and the medians are shown, and nothing is left of them`() throws {
    let terminal = try PseudoTerminal()
    let running = try start(terminal)
    try waitUntil("cores, trial and medians are shown") {
      ["\u{1B}[36m0 ", " %\u{1B}[0m", " of 3003", "median so far", "▸"].allSatisfy(terminal.has)
    }
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
    // The view is cleared before the last words, which stand alone.
    let last = try terminal.shown().split(separator: "\u{1B}[J").last.map(String.init) ?? ""
    #expect(last.hasPrefix("interrupted after ") && !last.contains("\u{1B}"), "\(last)")
  }

  @Test func `after a stop it begins anew under what was shown meanwhile`() throws {
    let terminal = try PseudoTerminal()
    let running = try start(terminal, environment: ["NO_COLOR": "1"])
    try waitUntil("something is shown") { terminal.has("median so far") }
    running.send(SIGSTOP)
    try waitUntil("it is stopped") { ProcessTable.state(of: running.identifier) == "T" }
    // A stop is a pause of more than a second.
    usleep(1_100_000)
    let before = try terminal.shown().count
    running.send(SIGCONT)
    // All of the first painting, which does not go up, and then those over it.
    var after = Substring()
    try waitUntil("it paints anew, and then over that") {
      after = terminal.textSoFar.dropFirst(before)
      guard let title = after.firstRange(of: "median so far") else { return false }
      return after[title.upperBound...].contains(/\u{1B}\[\d+A/)
    }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    let title = try #require(after.firstRange(of: "median so far"))
    #expect(!after[..<title.lowerBound].contains(/\u{1B}\[\d+A/))
  }

  @Test func `a terminal that is stopped stops neither the run nor its end`() throws {
    let (terminal, folder) = (try PseudoTerminal(), try Folder())
    let running = try start(terminal, in: folder)
    func trials() -> Int { (try? RunFile.read("\(folder.path)/run.json"))?.trials.count ?? 0 }
    try waitUntil("something is shown") { terminal.has("median so far") }
    let device = terminal.device.fileDescriptor
    #expect(tcflow(device, TCOOFF) == 0)
    let before = trials()
    try waitUntil("more trials are finished") { trials() > before + 2 }
    running.send(SIGTERM)
    try waitUntil("it ends") { !running.process.isRunning }
    #expect(tcflow(device, TCOON) == 0)
    #expect(try running.wait().status == 143)
  }

  @Test func `a terminal that is made smaller meanwhile is kept to`() throws {
    let terminal = try PseudoTerminal(columns: 100, rows: 40)
    let running = try start(terminal, environment: ["NO_COLOR": "1"])
    try waitUntil("something is shown") { terminal.has("median so far") }
    terminal.resize(columns: 30, rows: 5)
    let before = try terminal.shown().count
    func paintings() -> [Substring] { terminal.textSoFar.dropFirst(before).split(separator: "\u{1B}[J") }
    try waitUntil("it is painted again and again") { paintings().count > 5 }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    #expect(try !terminal.shown().contains("\u{1B}[36m"))
    // One painting may have the old size, and the next goes up over that; the last ends the run.
    let small = paintings().dropFirst(2).dropLast()
    let ups = small.flatMap { $0.matches(of: /\u{1B}\[(\d+)A/).compactMap { Int($0.1) } }
    #expect(!ups.isEmpty && ups.allSatisfy { $0 <= 4 })
    let texts = small.flatMap { $0.split(whereSeparator: { $0.isNewline || $0 == "\u{1B}" }) }
    #expect(texts.allSatisfy { $0.count <= 32 })
  }
}
