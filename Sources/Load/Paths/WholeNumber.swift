/// A whole number that a path contains.
enum WholeNumber: Equatable {
  /// A number of up to 64 bits.
  case value(UInt64)
  /// A number of more than 64 bits.
  case tooLarge

  /// Reads plain digits, or digits with an exponent of ten such as `1e6`; returns `nil` for any other text.
  init?(_ text: Substring) {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }) else { return nil }
    self = .tooLarge
    guard var value = UInt64(parts[0]) else { return }
    if parts.count == 2, value > 0 {
      guard let exponent = UInt64(parts[1]), exponent < 20 else { return }
      for _ in 0..<exponent {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return }
        value = product
      }
    }
    self = .value(value)
  }
}
