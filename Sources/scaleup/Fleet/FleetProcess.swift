import Formatting
import Platform

/// A program that a fleet has started: its standard streams and its end.
struct FleetProcess {
  /// The most bytes that are kept of its standard error.
  private static let errorLimit = 4096
  /// The most bytes that it may print without the fleet taking them: a record with three histograms.
  private static let outputLimit = 1 << 23
  private static let ownName = "scaleup: "

  let child: ChildProcess
  /// The port that it listens on; `nil` before it has said so.
  var port: Int?
  /// The control group that holds it to its share; `nil` if it paces itself.
  var group: CPUShareGroup?
  /// The standard input; `nil` if it has none, or if it was closed.
  private(set) var input: Descriptor?
  private var output: Descriptor?
  private var error: Descriptor?
  private var bytes: [UInt8] = []
  private var errorBytes: [UInt8] = []
  /// The way it ended; `nil` before it was reaped.
  private var ended: ChildProcess.Ended?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: Environment variables of its own, `NAME=value` each.
  ///   - hasInput: Whether it reads what the fleet writes; otherwise it has no input.
  /// - Throws: `SystemError`.
  init(
    _ path: String, _ arguments: [String], adding environment: [String] = [], hasInput: Bool = false
  ) throws(SystemError) {
    let (output, error) = (try Pipe(), try Pipe())
    let input = hasInput ? try Pipe() : nil
    child = try ChildProcess.spawn(
      path, arguments, withholding: .runtimes, adding: environment, input: input?.reader,
      output: output.writer,
      error: error.writer)
    (self.input, self.output, self.error) = (input?.writer, output.reader, error.reader)
  }

  /// The streams that may have more to read.
  var streams: [Descriptor] { [output, error].compactMap(\.self) }

  /// Whether it may print more.
  var isOpen: Bool { output != nil }

  /// Receives what is ready.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(_ isReady: (Descriptor) -> Bool) throws(SystemError) {
    if let stream = output, isReady(stream) {
      let chunk = try stream.read(atMost: 1 << 16)
      if chunk.isEmpty || bytes.count > Self.outputLimit { output = nil }
      bytes += chunk
    }
    if let stream = error, isReady(stream) {
      let chunk = try stream.read(atMost: 1 << 16)
      if chunk.isEmpty { error = nil }
      errorBytes = Array((errorBytes + chunk).suffix(Self.errorLimit))
    }
  }

  /// Waits for output, at most so long, and receives it.
  ///
  /// - Throws: `SystemError`.
  mutating func wait(for nanoseconds: UInt64) throws(SystemError) {
    let streams = streams
    let ready = try poll(streams, for: nanoseconds)
    try receive { stream in ready.contains { streams[$0] === stream } }
  }

  /// Returns the next complete line of its output and forgets it; `nil` if there is none.
  mutating func nextLine() -> String? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { bytes.removeFirst(end + 1) }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// The last line of its standard error, after a colon and without this program's own name; empty if there is none.
  var lastWords: String {
    let line = String(decoding: errorBytes, as: UTF8.self).split(separator: "\n").last ?? ""
    let words = line.hasPrefix(Self.ownName) ? line.dropFirst(Self.ownName.count) : line
    return words.isEmpty ? "" : ": \(Readable.line(String(words), limit: 300))"
  }

  /// Closes its standard input, which asks programs that read commands to end.
  mutating func closeInput() { input = nil }

  /// Reaps it if it has ended.
  ///
  /// - Returns: The way it ended; `nil` if it runs.
  /// - Throws: `SystemError`.
  mutating func reapIfEnded() throws(SystemError) -> ChildProcess.Ended? {
    if let ended { return ended }
    guard try child.hasEnded() else { return nil }
    // Processes that it left behind would keep its output open. Once it is reaped, its group's number may be that of another.
    child.killGroup()
    while !streams.isEmpty, try !poll(streams, for: 0).isEmpty { try wait(for: 0) }
    ended = try child.reap()
    try? group?.remove()
    return ended
  }

  /// Kills and reaps it.
  ///
  /// - Returns: The way it ended; `nil` if that is unknown.
  @discardableResult func kill() -> ChildProcess.Ended? {
    if let ended { return ended }
    child.killGroup()
    child.kill()
    let end = try? child.reap()
    try? group?.remove()
    return end
  }
}
