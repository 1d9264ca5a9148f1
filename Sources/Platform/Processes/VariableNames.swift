import CPlatform

/// The names of environment variables. A name that ends with an asterisk stands for all names with that beginning.
public struct VariableNames: Equatable, Sendable {
  private var beginnings: [String]

  /// Makes a set of names.
  public init(_ names: [String]) {
    beginnings = names.map { $0.hasSuffix("*") ? String($0.dropLast()) : "\($0)=" }
  }

  /// No names.
  public static let none = VariableNames([])

  /// Returns these and other names.
  func adding(_ names: [String]) -> VariableNames {
    var all = self
    all.beginnings += VariableNames(names).beginnings
    return all
  }

  /// Returns the names of the variables in this process's environment that are among these, sorted.
  public func found() -> [String] {
    Self.environment.filter(contains).map { entry in
      String(decoding: UnsafeRawBufferPointer(start: entry, count: strcspn(entry, "=")), as: UTF8.self)
    }.sorted()
  }

  /// The variables in this process's environment that are not among these, in the form of `execve(2)`. Valid until the
  /// environment is changed.
  var rest: [UnsafeMutablePointer<CChar>?] { Self.environment.filter { !contains($0) } + [nil] }

  private func contains(_ entry: UnsafeMutablePointer<CChar>) -> Bool {
    beginnings.contains { strncmp(entry, $0, $0.utf8.count) == 0 }
  }

  private static var environment: [UnsafeMutablePointer<CChar>] {
    var entries: [UnsafeMutablePointer<CChar>] = []
    var next = scaleup_environment()
    while let place = next, let entry = place.pointee {
      entries.append(entry)
      next = place + 1
    }
    return entries
  }
}
