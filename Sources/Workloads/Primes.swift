extension Workload {
  /// Counting primes, where a large number costs more than a small one, and a prime more than its neighbours.
  public static let primes = Workload(
    name: "primes",
    summary: "count the primes 0…N by trial division: work of uneven cost",
    work: .numbers([.scalar(countPrimes)]))
}

/// The number of primes in a range, each number tried by division alone.
func countPrimes(_ range: Range<UInt64>) -> UInt128 {
  var count: UInt64 = 0
  for number in range where isPrime(number) { count += 1 }
  return UInt128(count)
}

/// Whether no number but 1 and itself divides a number: tries 2, 3, and what leaves 1 or 5 when divided by 6, up to
/// the square root.
private func isPrime(_ number: UInt64) -> Bool {
  if number < 4 { return number >= 2 }
  if number.isMultiple(of: 2) || number.isMultiple(of: 3) { return false }
  var divisor: UInt64 = 5
  while true {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    if quotient < divisor { return true }
    if remainder == 0 || number.isMultiple(of: divisor + 2) { return false }
    divisor += 6
  }
}
