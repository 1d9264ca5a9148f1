import CPlatform

/// The heat of a machine, told by how much it slows down to become cooler.
public enum ThermalPressure: String, CaseIterable, Sendable {
  /// Not too hot.
  case nominal
  /// Hot: background activity is slowed down.
  case moderate
  /// Hotter: all activity is slowed down.
  case heavy
  /// Too hot: next, the machine sleeps.
  case trapping
  /// The machine sleeps to cool down.
  case sleeping

  /// Reads the thermal pressure of this machine; `nil` if the system does not report it, as only Darwin does, or if the
  /// tree is another machine's.
  public static func read(from tree: FileTree = .machine) -> ThermalPressure? {
    let level = tree.isMachine ? Int(scaleup_thermal_pressure()) : -1
    return allCases.indices.contains(level) ? allCases[level] : nil
  }
}
