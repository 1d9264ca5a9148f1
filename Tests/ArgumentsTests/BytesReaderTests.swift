import Testing

@testable import Arguments

struct BytesReaderTests {
  private let reader = Reader<Bytes>.bytes(in: 1024...1 << 46, example: "256M")

  @Test(
    "bytes are read as numbers, and with K, M and G as powers of 1024",
    arguments: [
      ("1024", 1024), ("1e6", 1_000_000), ("16K", 16 << 10), ("16k", 16 << 10), ("16KiB", 16 << 10),
      ("256M", 256 << 20), ("256MiB", 256 << 20), ("2G", 2 << 30), ("2GiB", 2 << 30), ("65536G", 1 << 46),
    ] as [(String, UInt64)])
  func accepted(word: String, bytes: UInt64) throws {
    #expect(try reader.read(word).get().count == bytes)
  }

  @Test(
    "text that is not a number of bytes in the range is refused",
    arguments: [
      "", "K", "M", "1023", "0", "65537G", "18446744073709551616", "99999999999999999G", "-1K", "1.5G", "1 M",
      "1T", "1MB", "256MM", "０K",
    ])
  func refused(word: String) {
    let problem = ValueProblem(
      word: word, expected: "a number of bytes from 1024 to 70368744177664, such as 256M", remedy: "256M")
    #expect(reader.read(word) == .failure(problem))
  }
}
