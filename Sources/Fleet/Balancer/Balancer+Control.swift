import Platform

/// The commands of a fleet.
extension Balancer {
  /// Executes the commands that arrive on a descriptor, one a line, and ends in order when the input ends. An invalid command ends
  /// the loop with an error.
  ///
  /// - Parameters:
  ///   - input: The descriptor.
  ///   - reply: Called with the line, without its end, that answers a command.
  /// - Throws: `BalancerError`.
  public func takeCommands(
    from input: Descriptor, reply: @escaping (String) -> Void
  ) throws(BalancerError) {
    let lines = CommandLines(input)
    let handle = { [unowned self] in
      do throws(BalancerError) {
        guard let commands = try lines.read() else {
          unwatch(input)
          return end()
        }
        for command in commands { try carryOut(command, reply) }
      } catch {
        unwatch(input)
        failure = error
      }
    }
    do throws(BalancerError) {
      try watch(input, handle)
    } catch {
      // Files are always ready and cannot be watched.
      guard case .system(let system) = error, system.isForbidden else { throw error }
      while endBegan == nil, failure == nil { handle() }
      if let failure { throw failure }
    }
  }

  private func carryOut(_ line: String, _ reply: (String) -> Void) throws(BalancerError) {
    switch FrontCommand(line) {
    case .add(let name, let address, let port): try add(name, address: address, port: port)
    case .drain(let name): try drain(name)
    case .remove(let name): try remove(name)
    case .status: reply(status().jsonText)
    case nil: throw .unknownCommand(line)
    }
  }
}

/// The lines that arrive on a descriptor.
private final class CommandLines {
  /// The most bytes of a line. A longer one is an unknown command.
  private static let longestLine = 4096

  private let input: Descriptor
  private var bytes: [UInt8] = []

  init(_ input: Descriptor) {
    self.input = input
  }

  /// Reads what has arrived, and returns the complete lines in it; `nil` at the end of the input.
  func read() throws(BalancerError) -> [String]? {
    let piece: [UInt8]
    do throws(SystemError) {
      piece = try input.read(atMost: Self.longestLine)
    } catch {
      throw .system(error)
    }
    if piece.isEmpty { return nil }
    bytes += piece
    var lines: [String] = []
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(String(decoding: bytes[..<end], as: UTF8.self))
      bytes.removeFirst(end + 1)
    }
    if bytes.count > Self.longestLine { throw .unknownCommand(String(decoding: bytes, as: UTF8.self)) }
    return lines
  }
}
