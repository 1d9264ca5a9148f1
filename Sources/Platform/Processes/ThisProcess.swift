import CPlatform

/// The words that this process was started with. Bytes that are not UTF-8
/// are kept: see `String.init(systemBytes:)`.
public enum ThisProcess {
  /// The process identifier.
  public static var identifier: Int32 { getpid() }

  /// The arguments, without the name of the program.
  public static var arguments: [String] {
    (1..<max(1, CommandLine.argc)).compactMap { position in
      CommandLine.unsafeArgv[Int(position)].map { String(systemBytes: bytes(of: $0)) }
    }
  }

  /// Returns the value of an environment variable, or `nil` if it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(systemBytes: bytes(of: $0)) }
  }

  private static func bytes(of text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text, count: strlen(text))
  }
}
