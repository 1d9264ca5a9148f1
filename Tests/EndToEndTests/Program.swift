import Foundation
import Platform
import TestSupport
import Testing

/// A built executable that a test runs as a user would.
struct Program {
  /// The outcome of a program that has ended.
  struct Outcome {
    let status: Int32
    let output: String
    let error: String
  }

  let path: String

  /// An executable that was built beside the tests, or that of another build in `SCALEUP_PROGRAMS`.
  init(_ name: String) throws {
    let directory = ProcessInfo.processInfo.environment["SCALEUP_PROGRAMS"] ?? File.executableDirectory()
    path = try #require(directory) + "/" + name
    try #require(File.isExecutable(path), "\(name) was not built")
  }

  init(path: String) {
    self.path = path
  }

  /// Returns the arguments with which a run counts every trial, however busy the other tests keep the machine.
  private func countingEveryTrial(_ arguments: [String]) -> [String] {
    let others: Set = ["--resume", "--help", "--version", "--foreign-load"]
    guard path.hasSuffix("/scaleup"), let first = arguments.first, first == "run" || first.hasPrefix("--"),
      !arguments.contains(where: { word in others.contains { word.hasPrefix($0) } })
    else { return arguments }
    return arguments + ["--foreign-load", "1000"]
  }

  /// Runs it to its end.
  func run(_ arguments: [String], in folder: Folder? = nil) throws -> Outcome {
    let running = try start(arguments, in: folder)
    return try running.wait()
  }

  /// Starts it.
  func start(
    _ arguments: [String], in folder: Folder? = nil, input: FileHandle? = nil, output: FileHandle? = nil,
    error terminal: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = countingEveryTrial(arguments)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.path) }
    let streams = try Folder()
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = try output ?? streams.openForWriting("output")
    process.standardError = try terminal ?? streams.openForWriting("error")
    // A child inherits what its parent's thread blocks, and the threads that run tests block every signal.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try waitUntil("no process has the program open for writing") { try Self.hasStarted(process) }
    return Running(process: process, streams: streams)
  }

  /// Starts a process. Returns `false` if its program, which a test may just have copied, is open for writing: in a child that
  /// another test is starting, until that child executes its own program.
  private static func hasStarted(_ process: Process) throws -> Bool {
    do {
      try process.run()
      return true
    } catch let error as NSError
      where (error.userInfo[NSUnderlyingErrorKey] as? NSError)?.code == Int(ETXTBSY)
    {
      return false
    }
  }

  /// A program that was started.
  struct Running {
    let process: Process
    let streams: Folder

    var identifier: Int32 { process.processIdentifier }

    func send(_ signal: Int32) {
      kill(identifier, signal)
    }

    /// Waits for its end.
    func wait() throws -> Outcome {
      process.waitUntilExit()
      let isSignaled = process.terminationReason == .uncaughtSignal
      return Outcome(
        status: isSignaled ? 128 + process.terminationStatus : process.terminationStatus,
        output: streams.text("output") ?? "", error: streams.text("error") ?? "")
    }
  }
}

/// A new folder that goes with the value's last reference.
final class Folder: Sendable {
  let path: String

  /// - Parameter prefix: What its name begins with. It has a space in it, so that whatever splits paths is found out.
  init(prefix: String = "scaleup test ") throws {
    path = NSTemporaryDirectory() + prefix + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var names: [String] { (try? File.names(in: path)) ?? [] }

  func text(_ name: String) -> String? {
    try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    let mode = isExecutable ? 0o755 : 0o644
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
  }

  /// Copies executables that were built beside the tests into the folder.
  func install(_ names: [String]) throws {
    for name in names {
      try FileManager.default.copyItem(atPath: try Program(name).path, toPath: "\(path)/\(name)")
    }
  }

  func openForWriting(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try #require(FileHandle(forWritingAtPath: "\(path)/\(name)"))
  }
}

/// The processes that the kernel reports.
enum ProcessTable {
  /// The live children of a process; one that has ended and is not reaped counts.
  static func children(of parent: Int32) -> [Int32] {
    all.filter { $0.parent == parent }.map(\.identifier)
  }

  /// The live processes of a group.
  static func members(ofGroup group: Int32) -> [Int32] {
    all.filter { $0.group == group && $0.state != "Z" }.map(\.identifier)
  }

  /// Whether a process exists and has not ended.
  static func isRunning(_ identifier: Int32) -> Bool {
    all.contains { $0.identifier == identifier && $0.state != "Z" }
  }

  /// The state of a process as a letter of `ps`; `nil` if there is no such process.
  static func state(of identifier: Int32) -> Substring? {
    all.first { $0.identifier == identifier }?.state
  }

  /// The CPU time of a process in user mode, in clock ticks of 10 ms; 0 if there is no such process.
  static func userTicks(of identifier: Int32) -> Int {
    let fields = FileTree.machine.text("proc/\(identifier)/stat")?.split(separator: ")").last?.split(
      separator: " ")
    return fields.flatMap { $0.count > 11 ? Int($0[11]) : nil } ?? 0
  }

  private static var all: [(identifier: Int32, state: Substring, parent: Int32, group: Int32)] {
    let names = (try? File.names(in: "/proc")) ?? []
    return names.compactMap { Int32($0) }.compactMap { identifier in
      // The name, in parentheses, may hold spaces; what is wanted comes behind it.
      guard let text = FileTree.machine.text("proc/\(identifier)/stat"), let name = text.lastIndex(of: ")")
      else {
        return nil
      }
      let fields = text[text.index(after: name)...].split(separator: " ")
      guard fields.count > 2, let parent = Int32(fields[1]), let group = Int32(fields[2]) else { return nil }
      return (identifier, fields[0], parent, group)
    }
  }
}
