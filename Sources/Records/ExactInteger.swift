/// A whole number of up to 128 bits, encoded as a decimal string so that no JSON reader rounds it.
public struct ExactInteger: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let value: UInt128

  /// Creates an exact integer.
  public init(_ value: UInt128) {
    self.value = value
  }

  /// The decimal digits.
  public var description: String { value.description }

  /// Reads a string of decimal digits.
  ///
  /// - Throws: `DecodingError` for any other string, and for a number of more than 128 bits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard text.utf8.allSatisfy({ 48...57 ~= $0 }), let value = UInt128(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text.prefix(50))' is not a whole number of up to 128 bits")
    }
    self.value = value
  }

  /// Writes the decimal digits as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
