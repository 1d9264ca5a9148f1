import Foundation
import Harness
import TestSupport
import Testing

/// The live view of a run on a terminal.
@Suite(.blocking) struct LiveViewTests {
  private static let run = [
    "--workload", "stress", "--model", "single,fork", "--workers", "1,2", "--seconds", "0.1", "--trials",
    "1000",
  ]

  private func start(
    _ terminal: PseudoTerminal, in folder: Folder? = nil, environment: [String: String] = [:]
  ) throws -> Program.Running {
    try Program("scaleup").start(
      Self.run + (folder == nil ? ["--no-save"] : ["--output", "run.json"]), in: folder,
      error: terminal.device,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
  }

  @Test("the live view shows cores, trial and medians, and is cleared at the end")
  func liveViewShows() throws {
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

  @Test("the live view starts anew after the run was stopped")
  func liveViewStarts() throws {
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

  @Test("a stopped terminal stops neither the run nor its end")
  func stoppedTerminal() throws {
    let (terminal, folder) = (try PseudoTerminal(), try Folder())
    let running = try start(terminal, in: folder)
    try waitUntil("something is shown") { terminal.has("median so far") }
    let device = terminal.device.fileDescriptor
    #expect(tcflow(device, TCOOFF) == 0)
    let before = trials(in: folder)
    try waitUntil("more trials are finished") { trials(in: folder) > before + 2 }
    running.send(SIGTERM)
    try waitUntil("it ends") { !running.process.isRunning }
    #expect(tcflow(device, TCOON) == 0)
    #expect(try running.wait().status == 143)
  }

  @Test("a terminal that has room for a part of the view stops neither the run nor its end")
  func unreadTerminal() throws {
    let (terminal, folder) = (try TerminalPair(), try Folder())
    terminal.resize(columns: 200, rows: 70)
    terminal.fill()
    let device = try #require(FileHandle(forUpdatingAtPath: terminal.device))
    // A table of so many lines does not fit.
    let running = try Program("scaleup").start(
      [
        "--workload", "stress", "--workers", (1...16).map(String.init).joined(separator: ","), "--seconds",
        "0.01", "--trials", "1000", "--output", "run.json",
      ], in: folder, error: device, environment: ["TERM": "xterm"])
    try waitUntil("trials are finished") { trials(in: folder) > 2 }
    running.send(SIGTERM)
    try waitUntil("it ends") { !running.process.isRunning }
    #expect(try running.wait().status == 143)
  }

  private func trials(in folder: Folder) -> Int {
    (try? RunFile.read("\(folder.path)/run.json"))?.trials.count ?? 0
  }

  @Test("the live view follows a terminal that becomes smaller")
  func liveView() throws {
    let terminal = try PseudoTerminal(columns: 100, rows: 40)
    let running = try start(terminal, environment: ["NO_COLOR": "1"])
    try waitUntil("something is shown") { terminal.has("median so far") }
    terminal.resize(columns: 30, rows: 5)
    let before = try terminal.shown().count
    // The first painting in the new size clears what is below it, as the end of the run does.
    try waitUntil("it is painted again and again in the new size") {
      let after = terminal.textSoFar.dropFirst(before)
      return after.firstRange(of: "\u{1B}[J").map { after[$0.upperBound...].count > 500 } ?? false
    }
    running.send(SIGTERM)
    #expect(try running.wait().status == 143)
    let shown = try terminal.shown()
    #expect(!shown.contains("\u{1B}[36m"))
    // After that painting at most four lines are gone up, and none is longer than 29 characters.
    let small = shown.dropFirst(before).split(separator: "\u{1B}[J").dropFirst().dropLast()
    let ups = small.flatMap { $0.matches(of: /\u{1B}\[(\d+)A/).compactMap { Int($0.1) } }
    #expect(ups.allSatisfy { $0 <= 4 })
    let texts = small.flatMap { $0.split(whereSeparator: { $0.isNewline || $0 == "\u{1B}" }) }
    #expect(texts.allSatisfy { $0.count <= 32 })
  }
}
