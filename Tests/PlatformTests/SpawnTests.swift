import CPlatform
import TestSupport
import Testing

@testable import Platform

struct SpawnTests {
  /// Starts a shell, and returns what it printed.
  private func output(
    _ script: String, adding added: [String] = [], in directory: String? = nil, leadsSession: Bool = false,
    input: Descriptor? = nil
  ) throws -> String {
    let output = try Pipe()
    let child = try start(script, added, directory, leadsSession, input, output.writer, output.writer)
    var bytes: [UInt8] = []
    // The pipe has another writer, this process, so its end is that of the child.
    #expect(try child.reap().status == .exited(0))
    bytes = try output.reader.read(atMost: 4096)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func start(
    _ script: String, _ added: [String], _ directory: String?, _ leadsSession: Bool, _ input: Descriptor?,
    _ output: Descriptor?, _ error: Descriptor
  ) throws -> ChildProcess {
    try ChildProcess.spawn(
      "/bin/sh", ["-c", script], adding: added, in: directory, leadsSession: leadsSession, input: input,
      output: output,
      error: error)
  }

  @Test("a child gets variables in place of those of this process, a directory and an input")
  func surroundings() throws {
    let folder = try TemporaryFolder()
    let input = try File.reader(try folder.write("in", "hello\n"))
    let text = try output(
      "read word; echo \"$word $PATH $N\"; pwd -P", adding: ["PATH=/x", "N=a=b"], in: "/", input: input)
    #expect(text == "hello /x a=b\n/\n")
  }

  @Test("a child that leads a session has no terminal, even if it opens one by name")
  func session() throws {
    let text = try output(
      "(: </dev/tty) 2>/dev/null && echo terminal; echo $$; ps -o sid= -p $$ || :", leadsSession: true)
    let words = text.split(whereSeparator: \.isWhitespace)
    #expect(!words.contains("terminal") && words.count <= 2)
    #expect(words.count < 2 || words[0] == words[1])
  }

  @Test("a missing directory is an error")
  func missingDirectory() throws {
    let pipe = try Pipe()
    #expect(throws: SystemError(operation: "start", subject: "/bin/sh", code: ENOENT)) {
      try start("", [], "/nowhere", false, nil, nil, pipe.writer)
    }
  }

  @Test("the time at which a child ended is that of its signal, however late it is reaped")
  func endTime() async {
    await #expect(processExitsWith: .success) {
      let signals = try SignalPipe([SignalPipe.childEnded])
      let pipe = try Pipe()
      let child = try ChildProcess.spawn("/bin/sleep", ["0.01"], output: nil, error: pipe.writer)
      while try poll([signals.descriptor]).isEmpty { continue }
      let noticed = Clock.monotonic.now()
      Clock.sleep(until: noticed + 20_000_000)
      let end = try #require(child.endTime)
      #expect(end > child.startTime + 10_000_000 && end <= noticed)
      _ = try child.reap()
    }
  }
}
