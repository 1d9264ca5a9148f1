import TestSupport
import Testing

@testable import Arguments

struct NumberReaderTests {
  private let any = Reader<UInt64>.wholeNumber(in: 0...UInt64.max, example: "1e10")
  private let upTo = Reader<UInt64>.wholeNumber(in: 0...UInt64.max - 1, example: "1e10")

  @Test("a number has digits, underscores and an exponent")
  func accepted() {
    let known: [(String, UInt64)] = [
      ("0", 0), ("7", 7), ("007", 7), ("10000000000", 10_000_000_000), ("10_000_000_000", 10_000_000_000),
      ("1e10", 10_000_000_000), ("1_0e0_9", 10_000_000_000), ("5e0", 5), ("12e3", 12_000), ("0e99", 0),
      ("0e0", 0), ("1e19", 10_000_000_000_000_000_000), ("18e18", 18_000_000_000_000_000_000),
      ("18446744073709551614", .max - 1), ("18_446_744_073_709_551_614", .max - 1),
    ]
    for (word, number) in known {
      #expect(upTo.read(word) == .success(number), "\(word)")
    }
    #expect(any.read("18446744073709551615") == .success(.max))
  }

  @Test(
    "text that is not a number is refused",
    arguments: [
      "", " ", "-5", "-0", "+5", "1.5", "1.0", "1e-2", "1e+2", "1e", "e5", "e", "1e1e1", "1E10", "_1", "1_",
      "1__0", "_", "1e_1", "1e1_", "1_e1", "nan", "inf", "1e20", "2e19", "19e18", "99e99",
      "1e18446744073709551616",
      "18446744073709551616", "99999999999999999999999999", "0x10", "0b1", "1,000", "1 000", " 1", "1 ",
      "1\n",
      "٣", "１", "²", "1e٣", "1\u{301}", "1\u{0}", "ten", "--", "1e10e",
    ])
  func refused(word: String) {
    let problem = ValueProblem(
      word: word, expected: "a whole number from 0 to 18446744073709551615", remedy: "1e10")
    #expect(any.read(word) == .failure(problem))
  }

  @Test("the first number above the range is refused")
  func aboveRange() {
    let problem = ValueProblem(
      word: "18446744073709551615", expected: "a whole number from 0 to 18446744073709551614", remedy: "1e10")
    #expect(upTo.read("18446744073709551615") == .failure(problem))
  }

  @Test("every number is read from its digits, with or without underscores")
  func digits() {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<1000 {
      let number = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      var word = ""
      for digit in String(number) {
        if !word.isEmpty, Int.random(in: 0..<3, using: &generator) == 0 { word += "_" }
        word.append(digit)
      }
      #expect(any.read(word) == .success(number), "\(word)")
    }
  }

  @Test("an exponent multiplies by its power of ten, or the number is out of range")
  func exponents() {
    var generator = SplitMix64(seed: 22)
    for _ in 0..<1000 {
      let mantissa = UInt64.random(in: 1...2000, using: &generator)
      let exponent = Int.random(in: 0...25, using: &generator)
      let digits = "\(mantissa)" + String(repeating: "0", count: exponent)
      let number = try? any.read("\(mantissa)e\(exponent)").get()
      #expect(number == UInt64(digits), "\(mantissa)e\(exponent)")
    }
  }

  @Test("a count accepts its range only")
  func counts() throws {
    let workers = Reader<Int>.count(in: 1...4096, example: "4")
    for (word, count) in [("1", 1), ("4096", 4096), ("1e3", 1000), ("4_096", 4096)] {
      #expect(workers.read(word) == .success(count))
    }
    for word in ["0", "4097", "-1", "1e4", "18446744073709551615", "9223372036854775808", "2.0", ""] {
      let problem = ValueProblem(word: word, expected: "a whole number from 1 to 4096", remedy: "4")
      #expect(workers.read(word) == .failure(problem))
    }
  }
}
