import CPlatform
import Dispatch
import Testing

@testable import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct PipeTests {
  @Test("a pipe delivers bytes in pieces of the size that the reader asks for")
  func pieces() throws {
    let pipe = try Pipe()
    try write([1, 2, 3, 4, 5], to: pipe)
    var buffer = [UInt8](repeating: 0, count: 3)
    #expect(try buffer.withUnsafeMutableBytes { try pipe.reader.read(into: $0) } == 3)
    #expect(buffer == [1, 2, 3])
    #expect(try buffer.withUnsafeMutableBytes { try pipe.reader.read(into: $0) } == 2)
    #expect(buffer == [4, 5, 3])
  }

  @Test("a pipe ends when its writer is closed")
  func end() throws {
    var pipe: Pipe? = try Pipe()
    let reader = try #require(pipe).reader
    try write([7], to: #require(pipe))
    pipe = nil
    #expect(try reader.readAll() == [7])
  }

  @Test("a nonblocking writer's bytes arrive whole, however slow the reader is")
  func writerThatDoesNotWait() throws {
    let bytes = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let (reader, writer): (Descriptor, DispatchGroup)
    do {
      let pipe = try Pipe()
      #expect(scaleup_set_nonblocking(pipe.writer.number) != -1)
      (reader, writer) = (pipe.reader, DispatchGroup())
      DispatchQueue(label: "writer").async(group: writer) { try? pipe.writer.write(bytes) }
    }
    // Of so many that differ, a comparison by #expect would take for ever to tell where.
    let received = try reader.readAll()
    #expect(received.count == bytes.count && received.elementsEqual(bytes))
    writer.wait()
  }

  @Test("more bytes than a pipe's buffer arrive whole and in order")
  func moreThanItHolds() throws {
    let bytes = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let (reader, writer): (Descriptor, DispatchGroup)
    do {
      let pipe = try Pipe()
      (reader, writer) = (pipe.reader, DispatchGroup())
      DispatchQueue(label: "writer").async(group: writer) {
        try? bytes.withUnsafeBytes { try pipe.writer.write(all: $0) }
      }
    }
    #expect(try reader.readAll() == bytes)
    writer.wait()
  }

  @Test("both ends are closed in a started program")
  func closedOnExec() throws {
    let pipe = try Pipe()
    for descriptor in [pipe.reader, pipe.writer] {
      let listing = try Pipe()
      let child = try ChildProcess.spawn(
        "/bin/ls", ["/dev/fd/\(descriptor.number)"], output: listing.writer, error: listing.writer)
      let ended = try child.reap()
      #expect(ended.status != .exited(0))
    }
  }

  @Test("no descriptor gets the number of a standard stream, and standard input is never closed")
  func standardStreams() async {
    await #expect(processExitsWith: .success) {
      do { _ = StandardInput().isTerminal }
      #expect(fcntl(0, F_GETFD) != -1)
      // A thread of the test runner could take a free number at any time; a forked child has no other thread.
      guard let child = try ChildProcess.fork() else {
        for stream in 0...2 as ClosedRange<Int32> { close(stream) }
        let pipe = try Pipe()
        try pipe.writer.write([7])
        let received = try pipe.reader.read(atMost: 2)
        let file = scaleup_open("/dev/null", O_RDONLY, 0)
        let opened = [pipe.reader.number, pipe.writer.number, file]
        let passed =
          received == [7] && opened.allSatisfy { $0 > 2 && fcntl($0, F_GETFD) == FD_CLOEXEC }
          && (0...2).allSatisfy { fcntl($0, F_GETFD) == -1 }
        ChildProcess.exitImmediately(passed ? 0 : 1)
      }
      #expect(try child.reap().status == .exited(0))
    }
  }

  @Test("a descriptor is closed with its last reference")
  func closing() throws {
    var pipe: Pipe? = try Pipe()
    let reader = try #require(pipe).reader
    // The end of the stream is seen only when every writer is closed.
    let writer = try #require(pipe).writer
    pipe = nil
    #expect(try poll([reader], for: 0) == [])
    try withExtendedLifetime(writer) { try write([1], to: writer) }
    #expect(try poll([reader]) == [0])
  }

  @Test("reading from the write end and writing to the read end are errors")
  func wrongEnds() throws {
    let pipe = try Pipe()
    var buffer: [UInt8] = [0]
    #expect(throws: SystemError(operation: "read", code: EBADF)) {
      try buffer.withUnsafeMutableBytes { _ = try pipe.writer.read(into: $0) }
    }
    #expect(throws: SystemError(operation: "write", code: EBADF)) {
      try buffer.withUnsafeBytes { try pipe.reader.write(all: $0) }
    }
  }

  @Test("writing nothing sends nothing")
  func emptyWrite() throws {
    let pipe = try Pipe()
    try write([], to: pipe)
    #expect(try poll([pipe.reader], for: 0) == [])
  }

  private func write(_ bytes: [UInt8], to pipe: Pipe) throws {
    try write(bytes, to: pipe.writer)
  }

  private func write(_ bytes: [UInt8], to writer: Descriptor) throws {
    try bytes.withUnsafeBytes { try writer.write(all: $0) }
  }

  @Test("writing to a pipe without a reader ends the process, or is an error if it asked for that")
  func brokenPipe() async {
    await #expect(processExitsWith: .signal(SIGPIPE)) {
      unblock(SIGPIPE)
      ignoreBrokenPipes(false)
      try PipeTests.writerWithoutReader().write([1])
    }
    await #expect(processExitsWith: .success) {
      unblock(SIGPIPE)
      ignoreBrokenPipes()
      let error = #expect(throws: SystemError.self) { try PipeTests.writerWithoutReader().write([1]) }
      #expect(error?.isBrokenPipe == true && error?.code == EPIPE)
    }
    #expect(!SystemError(operation: "write", code: EBADF).isBrokenPipe)
  }

  private static func writerWithoutReader() throws -> Descriptor {
    try Pipe().writer
  }
}
