import Platform

/// The commands of a fleet.
extension Balancer {
  /// Executes the commands that arrive on a descriptor, one a line, and ends in order when the input ends. An invalid command ends
  /// the loop with an error.
  ///
  /// - Parameters:
  ///   - input: The descriptor.
  ///   - name: Its name in messages.
  ///   - reply: Called with the line, without its end, that answers a command.
  /// - Throws: `BalancerError`.
  public func takeCommands(
    from input: Descriptor, named name: String, reply: @escaping (String) -> Void
  ) throws(BalancerError) {
    var lines = ArrivingLines(from: input, named: name)
    let handle = { [unowned self] in
      do throws(BalancerError) {
        guard let commands = try Self.commands(from: &lines) else {
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

  private static func commands(from lines: inout ArrivingLines) throws(BalancerError) -> [String]? {
    do throws(SystemError) {
      return try lines.next()
    } catch {
      throw .system(error)
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
