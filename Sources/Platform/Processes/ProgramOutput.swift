import CPlatform

/// The output and the exit status of a program.
public struct ProgramOutput: Equatable, Sendable {
  /// The text for standard output.
  public var output: String
  /// The text for standard error.
  public var error: String
  /// The exit status.
  public var status: Int32

  /// Creates an output.
  public init(output: String = "", error: String = "", status: Int32 = 0) {
    self.output = output
    self.error = error
    self.status = status
  }

  /// Writes both texts.
  ///
  /// - Returns: The status to exit with: the program's own, or 1 if its output could not be written.
  public func deliver() -> Int32 {
    do {
      try StandardStream.output.write(output)
      try StandardStream.error.write(error)
      return status
    } catch {
      // Standard error may itself be what failed.
      try? StandardStream.error.write("\(error)\n")
      return 1
    }
  }
}

/// Exits the process after running its exit handlers.
public func exitProcess(_ status: Int32) -> Never {
  exit(status)
}
