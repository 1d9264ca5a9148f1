extension Workload {
  /// Counts primes. A large number costs more than a small one, and a prime more than its neighbors.
  public static let primes = Workload(
    name: "primes",
    summary: "count the primes in 0…N by trial division (the cost per number varies)",
    work: .numbers([.scalar(countPrimes)]))
}

/// Returns the number of primes in a range, found by trial division.
func countPrimes(_ range: Range<UInt64>) -> UInt128 {
  var count: UInt64 = 0
  for number in range where isPrime(number) { count += 1 }
  return UInt128(count)
}

/// Returns whether a number is prime: divides by 2, 3, and all numbers of the form 6k ± 1 up to the square
/// root.
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
