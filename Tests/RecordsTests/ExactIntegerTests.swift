import Records
import TestSupport
import Testing

struct ExactIntegerTests {
  @Test("every number of up to 128 bits is read from its digits")
  func numbers() throws {
    var generator = SplitMix64(seed: 17)
    for value in [0, 1, UInt128(UInt64.max), UInt128(UInt64.max) + 1, .max - 1, .max] {
      #expect(try decoded(ExactInteger.self, "\"\(value)\"") == ExactInteger(value))
    }
    for _ in 0..<500 {
      let number = generator.exact()
      #expect(try decoded(ExactInteger.self, "\"\(number.value)\"") == number)
      #expect(try encoded(number) == "\"\(number.value)\"")
      #expect(number.jsonText == "\"\(number.value)\"")
    }
  }

  @Test("the largest 128-bit number is written in full")
  func largest() throws {
    #expect(try encoded(ExactInteger(.max)) == "\"340282366920938463463374607431768211455\"")
  }

  @Test(
    "a string with anything but decimal digits is refused",
    arguments: [
      "", " ", "x", "1x", "1 ", " 1", "-1", "-0", "+1", "1.0", "1e3", "0x10", "1_000", "1,000", "٣", "１",
      "340282366920938463463374607431768211456", "999999999999999999999999999999999999999999999999999999",
      "18446744073709551616.", "NaN", "\\u0000", "1\\n",
    ])
  func refused(text: String) {
    #expect(throws: DecodingError.self) { try decoded(ExactInteger.self, "\"\(text)\"") }
  }

  @Test("a JSON number is refused because other readers would round it")
  func jsonNumber() {
    #expect(throws: DecodingError.self) { try decoded(ExactInteger.self, "1") }
  }

  @Test("an error quotes only the beginning of the refused text")
  func longGarbage() throws {
    let garbage = String(repeating: "9", count: 1000)
    do {
      _ = try decoded(ExactInteger.self, "\"\(garbage)\"")
      Issue.record("a number of 1000 digits was accepted")
    } catch DecodingError.dataCorrupted(let context) {
      let quoted = String(repeating: "9", count: 50)
      #expect(context.debugDescription == "'\(quoted)' is not a whole number of up to 128 bits")
    }
  }
}
