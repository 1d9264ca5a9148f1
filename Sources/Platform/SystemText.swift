// The names of files, arguments and environment variables are bytes. Most are UTF-8, but none has to be.

extension String {
  /// The private-use characters U+10F780 to U+10F7FF stand for the bytes 0x80 to 0xFF that are not UTF-8.
  private static let stand: ClosedRange<UInt32> = 0x10F780...0x10F7FF

  /// Creates text from bytes of the operating system, such as the name of a file. `systemBytes` returns the
  /// same bytes, so that a name that is not UTF-8 still names its file.
  ///
  /// Every byte that is not part of UTF-8 becomes a private-use character (as in Python's PEP 383), for which
  /// `Readable.line` shows a replacement character. The bytes of these characters themselves are not
  /// accepted as UTF-8, so that different bytes never become the same text.
  public init(systemBytes bytes: some Sequence<UInt8>) {
    var (rest, scalars) = (Array(bytes)[...], String.UnicodeScalarView())
    while let byte = rest.first {
      let scalar = Self.firstScalar(of: rest)
      scalars.append(scalar ?? Self.standIn(for: byte))
      rest = rest.dropFirst(scalar.map { UTF8.width($0) } ?? 1)
    }
    self = String(scalars)
  }

  /// The bytes that the text stands for in the operating system.
  public var systemBytes: [UInt8] {
    unicodeScalars.flatMap { scalar in
      Self.stand.contains(scalar.value)
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// The bytes that the text stands for in the operating system, with a zero at the end.
  var systemString: [CChar] { systemBytes.map { CChar(bitPattern: $0) } + [0] }

  private static func firstScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let candidates = (1...4).lazy.compactMap { String(validating: bytes.prefix($0), as: UTF8.self) }
    return candidates.first?.unicodeScalars.first.flatMap { stand.contains($0.value) ? nil : $0 }
  }

  private static func standIn(for byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(stand.lowerBound - 0x80 + UInt32(byte)) ?? "\u{FFFD}"
  }
}
