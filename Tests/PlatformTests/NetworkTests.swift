import CPlatform
import Testing

@testable import Platform

/// Sockets and event queues, over the loopback interface.
struct NetworkTests {
  /// Waits until the queue reports an event of a token, and returns it.
  private func event(_ token: UInt64, in queue: EventQueue) throws -> EventQueue.Event {
    var found: EventQueue.Event?
    while found == nil { try queue.wait { if $0.token == token { found = $0 } } }
    return try #require(found)
  }

  /// Connects to a listener, and returns both ends.
  private func connection(_ listener: Listener, _ address: String) throws -> (
    client: Descriptor, server: Descriptor
  ) {
    let queue = try EventQueue()
    let client = try Descriptor.connecting(to: address, port: listener.port)
    try queue.watch(listener.descriptor, as: 1)
    _ = try event(1, in: queue)
    return (client, try #require(try listener.accept()))
  }

  private func received(_ descriptor: Descriptor) -> (Transfer, [UInt8]) {
    var bytes = [UInt8](repeating: 0, count: 64)
    let transfer = bytes.withUnsafeMutableBytes { descriptor.receive(into: $0) }
    guard case .bytes(let count) = transfer else { return (transfer, []) }
    return (transfer, Array(bytes.prefix(count)))
  }

  @Test("What one end sends, the other receives, until the stream ends", arguments: ["127.0.0.1", "::1"])
  func stream(_ address: String) throws {
    let listener = try Listener(address: address, port: 0)
    #expect(listener.port > 0)
    #expect(try listener.accept() == nil)
    let (client, server) = try connection(listener, address)
    #expect(received(server).0 == .wouldBlock)
    #expect([1, 2, 3].withUnsafeBytes { client.send($0) } == .bytes(24))
    let queue = try EventQueue()
    try queue.watch(server, as: 7)
    #expect(try event(7, in: queue).isReadable)
    #expect(received(server).1.count == 24)
    client.endSending()
    #expect(try event(7, in: queue).isReadable)
    #expect(received(server).0 == .ended(0))
  }

  @Test("A listener's port is taken until it is closed")
  func portTaken() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let error = #expect(throws: SystemError.self) {
      _ = try Listener(address: "127.0.0.1", port: listener.port)
    }
    #expect(
      error?.description.hasPrefix("cannot listen on 127.0.0.1:\(listener.port): Address already in use")
        == true)
  }

  @Test("Listeners that share a port can both listen")
  func sharedPort() throws {
    let first = try Listener(address: "127.0.0.1", port: 0, sharesPort: true)
    let second = try Listener(address: "127.0.0.1", port: first.port, sharesPort: true)
    #expect(first.port == second.port)
  }

  @Test(
    "An address that is not numeric is refused",
    arguments: ["", "localhost", "1.2.3", "127.0.0.1.5", "::g", "-1"])
  func malformedAddress(_ address: String) {
    #expect(throws: SystemError.self) { _ = try Listener(address: address, port: 0) }
    #expect(throws: SystemError.self) { _ = try Descriptor.connecting(to: address, port: 1) }
  }

  @Test("A connection to a listener that was stopped is refused")
  func refused() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    listener.stop()
    let code: Int32
    do {
      let client = try Descriptor.connecting(to: "127.0.0.1", port: listener.port)
      let queue = try EventQueue()
      try queue.watch(client, as: 3, for: .writing)
      #expect(try event(3, in: queue).isWritable)
      code = client.connectionError()
    } catch let error as SystemError {
      code = error.code
    }
    #if os(Linux)
      #expect(code == ECONNREFUSED)
    #else
      // Only closing the listener stops it there.
      #expect(code == 0 || code == ECONNREFUSED)
    #endif
  }

  @Test("Only what a descriptor is watched for is reported")
  func interest() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let (client, server) = try connection(listener, "127.0.0.1")
    #expect([UInt8(1)].withUnsafeBytes { client.send($0) } == .bytes(1))
    let queue = try EventQueue()
    try queue.watch(server, as: 1, for: [])
    // A socket pair whose event arrives after that of the connection would have.
    let pipe = try Pipe()
    try pipe.writer.write([1])
    try queue.watch(pipe.reader, as: 2)
    var tokens: [UInt64] = []
    try queue.wait { tokens.append($0.token) }
    #expect(tokens == [2])
    queue.unwatch(pipe.reader)
    try queue.change(server, as: 5, to: [.reading, .writing])
    let found = try event(5, in: queue)
    #expect(found.isWritable)
    try queue.wait(for: 0) { #expect($0.token == 5) }
  }

  @Test("A timeout ends a wait without events")
  func timeout() throws {
    let queue = try EventQueue()
    let start = Clock.monotonic.now()
    try queue.wait(for: 2_000_000) { _ in Issue.record("an event of nothing") }
    #expect(Clock.monotonic.now() - start >= 2_000_000)
  }

  @Test("Transfers of a connection that waits for its peer end after the limit")
  func timeLimit() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let (client, server) = try connection(listener, "127.0.0.1")
    try server.receiveWaiting(atMost: 1_000_000)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(buffer.withUnsafeMutableBytes { server.receive(into: $0, waits: true) } == .wouldBlock)
    server.endReceiving()
    #expect(buffer.withUnsafeMutableBytes { server.receive(into: $0, waits: true) } == .ended(0))
    withExtendedLifetime(client) {}
  }

  @Test("A descriptor that is given away is taken at the other end")
  func give() throws {
    let channel = try DescriptorChannel()
    #expect(try channel.receiver.take() == nil)
    let pipe = try Pipe()
    #expect(channel.sender.give(pipe.writer))
    let taken = try #require(try channel.receiver.take())
    #expect(taken.number != pipe.writer.number)
    try taken.write([42])
    #expect(try pipe.reader.read(atMost: 8) == [42])
  }

  @Test("Nothing is given to an end that is closed")
  func giveToNobody() throws {
    var channel: DescriptorChannel? = try DescriptorChannel()
    let sender = try #require(channel?.sender)
    channel = nil
    #expect(!sender.give(sender))
  }

  @Test("An end of a channel learns that the other is closed")
  func channelEnd() throws {
    var channel: DescriptorChannel? = try DescriptorChannel()
    let receiver = try #require(channel?.receiver)
    channel = nil
    let error = #expect(throws: SystemError.self) { _ = try receiver.take() }
    #expect(error?.isBrokenPipe == true)
  }

  @Test("A forked process shares memory with its parent")
  func sharedMemory() async {
    await #expect(processExitsWith: .success) {
      let memory = try SharedMemory(byteCount: 8192)
      #expect(memory.bytes.allSatisfy { $0 == 0 })
      memory.bytes[5000] = 1
      guard let child = try ChildProcess.fork() else {
        memory.bytes[5000] += 1
        ChildProcess.exitImmediately(0)
      }
      _ = try child.reap()
      #expect(memory.bytes[5000] == 2)
    }
  }
}
