import CPlatform

/// The lines that arrive on a descriptor, for a program that waits for it together with others.
public struct ArrivingLines {
  private static let longestLine = 4096
  private static let lineEnd = UInt8(ascii: "\n")

  private let source: Descriptor
  private let name: String
  private var bytes: [UInt8] = []

  /// Prepares to read lines.
  ///
  /// - Parameter name: The name of the source in messages.
  public init(from source: Descriptor, named name: String) {
    (self.source, self.name) = (source, name)
  }

  /// Returns the lines that have arrived, without their line endings; `nil` at the end of the input. It waits unless the source is
  /// readable.
  ///
  /// - Throws: `SystemError`, with the code `E2BIG` for a line over the length limit.
  public mutating func next() throws(SystemError) -> [String]? {
    let piece = try source.read(atMost: 1 << 16)
    if piece.isEmpty { return nil }
    bytes += piece
    guard let end = bytes.lastIndex(of: Self.lineEnd) else {
      if bytes.count > Self.longestLine {
        throw SystemError(operation: "read a line from", subject: name, code: E2BIG)
      }
      return []
    }
    let lines = bytes[..<end].split(separator: Self.lineEnd, omittingEmptySubsequences: false)
    defer { bytes.removeFirst(end + 1) }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }
}
