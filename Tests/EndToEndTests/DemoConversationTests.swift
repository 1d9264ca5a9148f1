import Foundation
import TestSupport
import Testing

/// Lessons with a person at a terminal, who predicts, mistypes, leaves, and interrupts.
@Suite(.blocking, .serialized) struct DemoConversationTests {
  private func start(
    _ arguments: [String], _ terminal: PseudoTerminal, environment: [String: String] = ["TERM": "xterm"]
  ) throws -> Program.Running {
    try Program("scaleup").start(
      ["demo", "--quick"] + arguments, input: terminal.device, output: terminal.device,
      environment: environment)
  }

  /// Waits until a text is shown so many times, and answers.
  private func answer(_ text: String, after prompt: String, times: Int = 1, _ terminal: PseudoTerminal) throws
  {
    try waitUntil("the prompt \(prompt)") {
      terminal.textSoFar.components(separatedBy: prompt).count > times
    }
    terminal.type(text)
  }

  @Test("a lesson shows the prediction beside the measurement")
  func lessonShows() throws {
    let terminal = try PseudoTerminal()
    let running = try start(["vanished"], terminal, environment: ["TERM": "xterm", "NO_COLOR": ""])
    try answer("7 times\n", after: "Your guess (a factor such as 1.5; Return to skip): ", terminal)
    try answer("\n", after: "Return shows the picture: ", terminal)
    try answer("\n", after: "Return shows why: ", terminal)
    #expect(try running.wait().status == 0)
    let shown = try terminal.shown()
    #expect(shown.contains("your guess  7.00×"))
    #expect(shown.contains("measured  ") && !shown.contains("Measured: "))
    #expect(shown.contains("\u{1B}[1m5. The loop that vanished"))
  }

  @Test("a prediction that is unreadable or impossible is asked for again twice, then skipped")
  func unreadablePrediction() throws {
    let terminal = try PseudoTerminal()
    let running = try start(["5"], terminal, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    try answer("very\n", after: "Return to skip): ", terminal)
    try answer(
      "-2\n", after: "Invalid answer (expected a factor such as 1.5). Try again: ", terminal)
    try answer("1e999 \u{7F}\n", after: "factor such as 1.5; above 0). Try again: ", terminal)
    try answer("\u{4}", after: "Return shows the picture: ", terminal)
    #expect(try running.wait().status == 0)
    let shown = try terminal.shown()
    #expect(shown.contains("Skipped.") && shown.contains("Measured: ") && !shown.contains("your guess"))
    #expect(!shown.contains("\u{1B}[1m") && !shown.contains("Return shows why"))
  }

  @Test("keys that are typed while a lesson measures answer none of its questions")
  func typedAhead() throws {
    let terminal = try PseudoTerminal()
    let running = try start(["processes"], terminal, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    try answer("2\n", after: "Return to skip): ", terminal)
    try waitUntil("a trial is running") { !ProcessTable.children(of: running.identifier).isEmpty }
    terminal.type("\n\n\n")
    try answer("\n", after: "Return shows the picture: ", terminal)
    try waitUntil("the last question") { terminal.has("Return shows why: ") }
    #expect(!terminal.has("The code: "))
    terminal.type("\n")
    #expect(try running.wait().status == 0)
    #expect(try terminal.shown().contains("The code: "))
  }

  @Test("the predictions of a class are kept in a file and shown as a histogram")
  func classroom() throws {
    let folder = try Folder()
    let file = "\(folder.path)/class.csv"
    try "Ada,vanished,1\nvanished,10\nserial,3\nvanished,many\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    let terminal = try PseudoTerminal()
    let running = try start(
      ["vanished", "--answers", file], terminal, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    try answer("12\n", after: "Prediction 1 (a factor such as 1.5; Return to measure): ", terminal)
    try answer("10 times\n", after: "Prediction 2 (", terminal)
    try answer("\n", after: "Prediction 3 (", terminal)
    try answer("\u{4}", after: "Return shows the picture: ", terminal)
    #expect(try running.wait().status == 0)
    let shown = try terminal.shown().filter { $0 != "\r" }.split(separator: "\n").joined(separator: " ")
    #expect(shown.contains("The class made 4 predictions with a median of 10.0×. 1 line of the file"))
    #expect(shown.contains(" ◀ measured"))
    let kept = try String(contentsOfFile: file, encoding: .utf8)
    #expect(kept.hasSuffix("vanished,many\nvanished,12\nvanished,10\n"))
  }

  @Test("the menu asks for a lesson, Return leaves it, and end of input is no prediction")
  func menuAsks() throws {
    let terminal = try PseudoTerminal()
    let running = try start([], terminal)
    try answer("vectros\n", after: "Which lesson", terminal)
    try answer("vanished\n", after: "from the menu; did you mean vectors?). Try again: ", terminal)
    try answer("\u{4}", after: "Your guess", terminal)
    #expect(try running.wait().status == 0)
    #expect(try terminal.shown().contains("Measured: ") && !terminal.has("Return shows"))
    let other = try PseudoTerminal()
    let leaving = try start([], other)
    try answer("\n", after: "Which lesson", other)
    #expect(try leaving.wait().status == 0)
    #expect(try !other.shown().contains("Your guess"))
  }

  @Test("--no-pause asks nothing")
  func pauseAsks() throws {
    let terminal = try PseudoTerminal()
    let running = try start(["vanished", "--no-pause"], terminal)
    try waitUntil("it measures behind the question") {
      terminal.has("?") && !ProcessTable.children(of: running.identifier).isEmpty
    }
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
    #expect(try !terminal.shown().contains("Your guess") && !terminal.has("Return shows"))
    let menu = try PseudoTerminal()
    #expect(try start(["--no-pause"], menu).wait().status == 0)
    #expect(try !menu.shown().contains("Which lesson"))
  }

  @Test("a signal ends a lesson at its question", arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func signalEndsLesson(signal: Int32) throws {
    let terminal = try PseudoTerminal()
    let running = try start(["vanished"], terminal)
    try waitUntil("the question") { terminal.textSoFar.contains("Return to skip): ") }
    running.send(signal)
    #expect(try running.wait().status == 128 + signal)
    #expect(try terminal.shown().hasSuffix("Return to skip): \r\n"))
  }

  @Test(
    "a signal ends a lesson's measurement and leaves no process behind",
    arguments: ["half-busy", "processes"])
  func signalEnds(lesson: String) throws {
    let running = try Program("scaleup").start(["demo", lesson, "--no-pause"])
    try waitUntil("the question is shown") { running.streams.text("output")?.contains("?") == true }
    var children: [Int32] = []
    try waitUntil("a trial is running") {
      children = ProcessTable.children(of: running.identifier)
      return !children.isEmpty
    }
    running.send(SIGINT)
    #expect(try running.wait().status == 128 + SIGINT)
    try waitUntil("the last of the group has gone") {
      children.allSatisfy { ProcessTable.members(ofGroup: $0).isEmpty }
    }
  }
}
