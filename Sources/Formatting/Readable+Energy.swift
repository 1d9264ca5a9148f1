extension Readable {
  /// Returns an amount of energy, such as `43.12 J`.
  public static func energy(joules: Double) -> String {
    switch joules.magnitude {
    case ..<0.9995: significant(joules * 1e3) + " mJ"
    case ..<999.95: significant(joules) + " J"
    default: significant(joules / 1e3) + " kJ"
    }
  }

  /// Returns a power, such as `12.3 W`.
  public static func power(watts: Double) -> String {
    fixed(watts, decimals: 1) + " W"
  }
}
