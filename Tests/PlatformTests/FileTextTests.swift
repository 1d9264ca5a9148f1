import Testing

@testable import Platform

struct FileTextTests {
  private let text = "größer,😀\n1,2\n"

  private func read(_ bytes: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    try File.replace(folder.file("text"), with: bytes)
    return try File.text(folder.file("text"), limit: 1 << 20)
  }

  /// The text in UTF-16 with a byte-order mark.
  private func utf16(isBigEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? bytes : bytes.reversed()
    }
  }

  @Test("text is read in UTF-8 and in UTF-16 of either byte order, without the byte-order mark")
  func encodings() throws {
    #expect(try read(Array(text.utf8)) == text)
    #expect(try read([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == text)
    #expect(try read(utf16(isBigEndian: true)) == text)
    #expect(try read(utf16(isBigEndian: false)) == text)
    #expect(try read(utf16(isBigEndian: true) + [0]) == text + "\u{FFFD}")
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], []] as [[UInt8]] {
      #expect(try read(mark) == "")
    }
  }

  @Test(
    "a compressed file is refused by the name of its format",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"), (Array("BZh9".utf8), "bzip2"),
      (Array("PK\u{3}\u{4}".utf8), "zip or spreadsheet"),
    ] as [([UInt8], String)])
  func compressed(bytes: [UInt8], format: String) throws {
    let error = try #require(throws: TextFileError.self) { try read(bytes) }
    guard case .compressed(_, format) = error else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".contains(" is a \(format) file; decompress "))
  }

  @Test("a file with a zero byte is refused, such as UTF-16 without a mark or UTF-32")
  func binary() throws {
    for bytes in [
      Array(utf16(isBigEndian: true).dropFirst(2)), Array(utf16(isBigEndian: false).dropFirst(2)),
      [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61],
    ] {
      let error = try #require(throws: TextFileError.self) { try read(bytes) }
      #expect("\(error)".contains("zero byte") && "\(error)".contains("save it as UTF-8"))
    }
  }

  @Test("a missing file is a system error")
  func missing() {
    #expect(
      throws: TextFileError.system(SystemError(operation: "open", subject: "/none", code: 2))
    ) { try File.text("/none", limit: 1) }
  }
}
