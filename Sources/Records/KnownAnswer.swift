/// The results that are known without computing them. They are used only to check computed results.
public enum KnownAnswer {
  /// Returns the correct result of a workload for `upTo`; `nil` if it is unknown.
  public static func result(of workload: String, upTo: UInt64) -> ExactInteger? {
    switch workload {
    case "sum", "vanished", "serial", "sharing", "items": sum(upTo: upTo)
    case "waiting", Configuration.memory: ExactInteger(UInt128(upTo) + 1)
    case "primes": primeCounts[upTo].map { ExactInteger(UInt128($0)) }
    case "empty": ExactInteger(0)
    default: nil
    }
  }

  /// Returns the sum of the integers 0…n, n(n+1)/2, which fits in 128 bits for every n up to 2^64 − 1.
  private static func sum(upTo: UInt64) -> ExactInteger {
    let number = UInt128(upTo)
    return ExactInteger(number * (number + 1) / 2)
  }

  /// π(n), the number of primes up to n, for each n that runs choose. The values for powers of ten are
  /// sequence A006880 of the On-Line Encyclopedia of Integer Sequences; all were counted with a sieve.
  private static let primeCounts: [UInt64: UInt64] = [
    10: 4, 20: 8, 50: 15, 100: 25, 200: 46, 500: 95,
    1000: 168, 2000: 303, 5000: 669, 10_000: 1229, 20_000: 2262, 50_000: 5133,
    100_000: 9592, 200_000: 17_984, 500_000: 41_538,
    1_000_000: 78_498, 2_000_000: 148_933, 5_000_000: 348_513,
    10_000_000: 664_579, 20_000_000: 1_270_607, 50_000_000: 3_001_134,
    100_000_000: 5_761_455, 200_000_000: 11_078_937, 500_000_000: 26_355_867,
    1_000_000_000: 50_847_534,
  ]
}
