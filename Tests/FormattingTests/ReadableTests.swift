import Formatting
import TestSupport
import Testing

struct ReadableTests {
  @Test("numbers are rounded to the requested decimals")
  func fixed() {
    let known: [(Double, Int, String)] = [
      (0, 0, "0"), (0, 2, "0.00"), (0.005, 2, "0.01"), (0.0049, 2, "0.00"), (0.5, 0, "1"), (0.49, 0, "0"),
      (1.98, 2, "1.98"), (1.999, 2, "2.00"), (9.995, 1, "10.0"), (0.05, 1, "0.1"), (0.001, 3, "0.001"),
      (123456.789, 1, "123456.8"), (-1.5, 1, "-1.5"), (-0.004, 2, "0.00"), (-0.005, 2, "-0.01"),
      (-0.0, 1, "0.0"), (-12, 0, "-12"), (999_999_999_999, 3, "999999999999.000"),
    ]
    for (value, decimals, text) in known {
      #expect(Readable.fixed(value, decimals: decimals) == text, "\(value) with \(decimals)")
    }
  }

  @Test("energies have four digits and powers one decimal")
  func energies() {
    let known: [(Double, String)] = [
      (0, "0.000 mJ"), (0.000_061, "0.061 mJ"), (0.431, "431.0 mJ"), (0.999_49, "999.5 mJ"),
      (0.9996, "1.000 J"), (43.118, "43.12 J"), (999.94, "999.9 J"), (999.96, "1.000 kJ"),
      (12_345, "12.35 kJ"),
    ]
    for (joules, text) in known { #expect(Readable.energy(joules: joules) == text, "\(joules)") }
    #expect(Readable.power(watts: 12.34) == "12.3 W" && Readable.power(watts: 0) == "0.0 W")
  }

  @Test("infinities and NaN are written as Swift writes them")
  func notOrdinary() {
    #expect(Readable.fixed(.nan, decimals: 2) == "nan")
    #expect(Readable.fixed(.infinity, decimals: 2) == "inf")
    #expect(Readable.fixed(-.infinity, decimals: 2) == "-inf")
    #expect(Readable.fixed(1e16, decimals: 2) == "1e+16")
    #expect(Readable.fixed(-1e300, decimals: 0) == "-1e+300")
    #expect(Readable.duration(nanoseconds: .nan) == "nan s")
    #expect(Readable.percent(.nan) == "nan %")
    #expect(Readable.large(.nan) == "nan")
  }

  @Test("a fixed number is as close to its value as its decimals allow")
  func fixedIsNear() throws {
    var generator = SplitMix64(seed: 19)
    for _ in 0..<1000 {
      let decimals = Int.random(in: 0...4, using: &generator)
      let value = Double.random(in: -1e6...1e6, using: &generator)
      let text = Readable.fixed(value, decimals: decimals)
      let read = try #require(Double(text), "\(text)")
      let unit = (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
      #expect(abs(read - value) <= unit * 0.500_001)
      #expect(text.split(separator: ".").dropFirst().map(\.count) == (decimals == 0 ? [] : [decimals]))
    }
  }

  @Test("durations change their unit with their size")
  func duration() {
    let known: [(Double, String)] = [
      (0, "0 ns"), (1, "1 ns"), (999, "999 ns"), (1000, "1.000 µs"), (9999.4, "9.999 µs"),
      (9999.6, "10.00 µs"), (43_120, "43.12 µs"), (999_940, "999.9 µs"), (999_960, "1.000 ms"),
      (431_200_000, "431.2 ms"), (999_949_000, "999.9 ms"), (999_950_000, "1.000 s"), (5e9, "5.000 s"),
      (3600e9, "3600 s"), (1e12, "1000 s"), (-1500, "-1.500 µs"),
    ]
    for (nanoseconds, text) in known {
      #expect(Readable.duration(nanoseconds: nanoseconds) == text, "\(nanoseconds)")
    }
  }

  @Test("large numbers have a power of ten that is a multiple of three")
  func large() {
    let known: [(Double, String)] = [
      (0, "0.000"), (0.4312, "0.431"), (43.12, "43.12"), (431.2, "431.2"), (999.94, "999.9"),
      (1000, "1.000·10^3"), (4.412e9, "4.412·10^9"), (44.12e9, "44.12·10^9"), (441.2e9, "441.2·10^9"),
      (999.96e9, "1.000·10^12"), (1.8e19, "18.00·10^18"), (-4.412e9, "-4.412·10^9"),
    ]
    for (value, text) in known {
      #expect(Readable.large(value) == text, "\(value)")
    }
  }

  @Test("numbers of any size have one decimal and a power of ten")
  func scientific() {
    let known: [(Double, String)] = [
      (0, "0.0"), (1, "1.0"), (9.94, "9.9"), (9.96, "1.0·10^1"), (0.5, "5.0·10^-1"), (0.0996, "1.0·10^-1"),
      (0.0994, "9.9·10^-2"), (1.34e-12, "1.3·10^-12"), (1, "1.0"), (0.999, "1.0"), (12, "1.2·10^1"),
      (1.7e30, "1.7·10^30"), (-0.025, "-2.5·10^-2"), (1e-300, "1.0·10^-300"), (.infinity, "inf"),
      (.nan, "nan"),
    ]
    for (value, text) in known {
      #expect(Readable.scientific(value) == text, "\(value)")
    }
  }

  @Test("the mantissa has one digit before the point, for any number")
  func scientificDigits() throws {
    var generator = SplitMix64(seed: 23)
    for _ in 0..<1000 {
      let divisor = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      let value = Double(generator.next()) / Double(max(1, divisor))
      let text = Readable.scientific(value)
      let parts = text.replacing("·10^", with: " ").split(separator: " ")
      let mantissa = try #require(Double(parts[0]))
      #expect((1...9.9).contains(mantissa), "\(text)")
      let read = try #require(Double(parts.joined(separator: "e")))
      #expect(abs(read / value - 1) <= 0.051, "\(text) for \(value)")
    }
  }

  @Test("an infinite rate is shown as infinite")
  func endless() {
    #expect(Readable.large(.infinity) == "inf")
    #expect(Readable.large(-.infinity) == "-inf")
  }

  @Test("round numbers are abbreviated, all others are written in full")
  func round() {
    let known: [(UInt64, String)] = [
      (0, "0"), (1, "1"), (1000, "1000"), (10_000, "10^4"), (20_000, "2·10^4"), (12_000, "12000"),
      (1_000_000_000, "10^9"), (2_000_000_000, "2·10^9"), (10_000_000_000, "10^10"),
      (10_000_000_001, "10000000001"), (.max, "18446744073709551615"),
      (10_000_000_000_000_000_000, "10^19"),
    ]
    for (value, text) in known {
      #expect(Readable.round(value) == text, "\(value)")
    }
  }

  @Test("memory sizes have units of powers of a thousand")
  func memory() {
    let known: [(UInt64, String)] = [
      (0, "0 kB"), (499, "0 kB"), (1000, "1 kB"), (999_000, "999 kB"), (1_000_000, "1.0 MB"),
      (11_400_000, "11.4 MB"), (999_900_000, "999.9 MB"), (1_000_000_000, "1.0 GB"),
      (32_000_000_000, "32.0 GB"), (.max, "18446744073.7 GB"),
    ]
    for (bytes, text) in known {
      #expect(Readable.memory(bytes: bytes) == text, "\(bytes)")
    }
  }

  @Test("no memory size is a thousand of its unit", arguments: [999_499, 999_500, 999_999] as [UInt64])
  func memoryUnits(bytes: UInt64) {
    #expect(!Readable.memory(bytes: bytes).hasPrefix("1000"))
    #expect(!Readable.memory(bytes: bytes * 1000 + 999).hasPrefix("1000"))
  }

  @Test("no duration is a thousand of a unit if there is a larger one", arguments: [999.4, 999.5, 999.9])
  func durationUnits(nanoseconds: Double) {
    for factor in [1, 1e3, 1e6] {
      #expect(!Readable.duration(nanoseconds: nanoseconds * factor).hasPrefix("1000"))
    }
  }

  @Test("percentages have one decimal")
  func percent() {
    let known: [(Double, String)] = [
      (0, "0.0 %"), (0.994, "99.4 %"), (1, "100.0 %"), (0.0005, "0.1 %"), (-0.021, "-2.1 %"),
      (-0.0001, "0.0 %"),
    ]
    for (ratio, text) in known {
      #expect(Readable.percent(ratio) == text, "\(ratio)")
    }
  }

  @Test("any value and any count of decimals is formatted", arguments: 0...20)
  func manyDecimals(decimals: Int) {
    for value in [0.1, 1, 999_999_999_999_999.9, -123_456_789_012_345] {
      let text = Readable.fixed(value, decimals: decimals)
      #expect(Double(text).map { abs($0 - value) <= max(0.5, abs(value) * 1e-15) } == true, "\(text)")
    }
  }
}

struct ReadableLineTests {
  @Test("a line shows no control character and no byte that is not UTF-8")
  func line() {
    #expect(Readable.line("a\nb\u{1B}[31m \u{10F7E9}é") == "a\u{FFFD}b\u{FFFD}[31m \u{FFFD}é")
    #expect(Readable.line("abc", limit: 2) == "ab…")
  }
}

struct ReadableDigitsTests {
  @Test(
    "a number has four significant digits, whatever its size",
    arguments: [
      (0, "0"), (1, "1.000"), (0.0001044, "0.0001044"), (2.654e-7, "2.654·10^-7"), (36.064, "36.06"),
      (999.96, "1000.0"), (1853.2, "1853"), (123456, "123456"), (2_500_000, "2.500·10^6"),
      (-0.02773, "-0.02773"),
      (0.5, "0.5000"), (1e-300, "1.000·10^-300"), (.infinity, "inf"),
    ] as [(Double, String)])
  func digits(value: Double, text: String) {
    #expect(Readable.digits(value) == text)
  }
}
