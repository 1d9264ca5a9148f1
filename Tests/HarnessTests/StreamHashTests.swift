import Testing

@testable import Harness

struct StreamHashTests {
  @Test(
    "hashes are those of the published test vectors of FNV-1a",
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
      ("chongo was here!\n", 0x4681_0940_EFF5_F915),
    ] as [(String, UInt64)])
  func vectors(text: String, value: UInt64) {
    var hash = StreamHash()
    // The parts in which a stream arrives do not matter.
    for byte in text.utf8 { hash.add([byte]) }
    #expect(hash.value == value)
    var whole = StreamHash()
    whole.add(Array(text.utf8))
    #expect(whole == hash)
  }
}
