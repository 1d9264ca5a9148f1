import CPlatform

/// What a program has to say when it is done, and its exit status.
public struct ProgramOutput: Equatable, Sendable {
  /// For standard output.
  public var output: String
  /// For standard error.
  public var error: String
  /// The exit status.
  public var status: Int32

  /// Describes what a program says.
  public init(output: String = "", error: String = "", status: Int32 = 0) {
    self.output = output
    self.error = error
    self.status = status
  }

  /// Writes both texts.
  ///
  /// - Returns: The status to exit with: the program's own, or 1 where its output could not be written.
  public func deliver() -> Int32 {
    do {
      try StandardStream.output.write(output)
      try StandardStream.error.write(error)
      return status
    } catch {
      // Standard error may be what failed; then there is nobody left to tell.
      try? StandardStream.error.write("\(error)\n")
      return 1
    }
  }
}

/// Ends the process, running what is registered for its exit.
public func exitProcess(_ status: Int32) -> Never {
  exit(status)
}
