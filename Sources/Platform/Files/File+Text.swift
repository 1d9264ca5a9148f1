/// The reason that a file has no text to read.
public enum TextFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(SystemError)
  /// The file is in a compressed format, such as gzip.
  case compressed(path: String, format: String)
  /// The file has a zero byte, which no text has.
  case binary(path: String)

  /// One line with the path, the reason and the remedy.
  public var description: String {
    switch self {
    case .system(let error): "\(error)"
    case .compressed(let path, let format):
      "\(path) is a \(format) file; decompress or export it as text first"
    case .binary(let path): "\(path) has a zero byte, so it is not text; save it as UTF-8"
    }
  }
}

extension File {
  /// Reads a text file from outside: UTF-8, or UTF-16 that begins with a byte-order mark. The mark is left out.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The maximum size in bytes.
  /// - Throws: `TextFileError`.
  public static func text(_ path: String, limit: Int) throws(TextFileError) -> String {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try self.bytes(of: path, limit: limit)
    } catch {
      throw .system(error)
    }
    return try text(of: bytes, named: path)
  }

  /// Returns the text in the bytes of a file.
  ///
  /// - Parameter path: The name of the file in messages.
  /// - Throws: `TextFileError`.
  static func text(of bytes: [UInt8], named path: String) throws(TextFileError) -> String {
    if let format = compressedFormats.first(where: { bytes.starts(with: $0.opening) }) {
      throw .compressed(path: path, format: format.name)
    }
    for (mark, high) in [([0xFE, 0xFF], 0), ([0xFF, 0xFE], 1)] as [([UInt8], Int)]
    where bytes.starts(with: mark) {
      let units = utf16(bytes, high: high)
      if units.contains(0) { throw .binary(path: path) }
      return String(decoding: units, as: UTF16.self)
    }
    if bytes.contains(0) { throw .binary(path: path) }
    return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
  }

  private static let compressedFormats: [(opening: [UInt8], name: String)] = [
    ([0x1F, 0x8B], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
    (Array("BZh".utf8), "bzip2"), (Array("PK\u{3}\u{4}".utf8), "zip or spreadsheet"),
  ]

  /// Returns the code units after the byte-order mark; an odd byte at the end becomes a replacement character.
  ///
  /// - Parameter high: The place of the high byte in a unit: 0 or 1.
  private static func utf16(_ bytes: [UInt8], high: Int) -> [UInt16] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
      UInt16(bytes[place + high]) << 8 | UInt16(bytes[place + 1 - high])
    }
    return bytes.count.isMultiple(of: 2) ? units : units + [0xFFFD]
  }
}
