import Formatting
import Testing

struct RateTests {
  @Test("a rate has no needless decimals")
  func rates() {
    #expect(Readable.rate(20_000) == "20000/s" && Readable.rate(1.5) == "1.5/s" && Readable.rate(7) == "7/s")
    #expect(Readable.rate(0.25) == "0.25/s" && Readable.rate(1234.2) == "1234/s" && Readable.rate(0) == "0/s")
  }

  @Test("one core is singular, a part of one is not")
  func cores() {
    #expect(
      Readable.cores(1) == "1 core" && Readable.cores(0.1) == "0.1 cores" && Readable.cores(16) == "16 cores")
  }
}
