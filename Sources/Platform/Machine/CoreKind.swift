/// A kind of core of a hybrid machine, whose cores are not all alike.
public struct CoreKind: Equatable, Sendable {
  /// The name, such as `performance` or `efficiency`.
  public var name: String
  /// The numbers of its CPUs, ascending; empty if the system reports only how many there are.
  public var cpus: [Int]
  /// The number of its CPUs.
  public var count: Int
  /// The highest frequency that any of its CPUs supports, in kHz; `nil` if unknown.
  public var maximumFrequency: Int?

  /// Creates a kind whose CPUs are known.
  public init(_ name: String, cpus: [Int], maximumFrequency: Int? = nil) {
    self.name = name
    self.cpus = cpus
    self.maximumFrequency = maximumFrequency
    count = cpus.count
  }

  /// Creates a kind of which only the number of CPUs is known.
  public init(_ name: String, count: Int, maximumFrequency: Int? = nil) {
    self.name = name
    self.count = count
    self.maximumFrequency = maximumFrequency
    cpus = []
  }

  /// The names of kinds, the fastest first.
  static let names = ["performance", "middle", "efficiency", "low-power"]

  /// Returns the names of a number of kinds, the fastest first, for a system that has none of its own.
  static func names(of count: Int) -> [String] {
    switch count {
    case 2: ["performance", "efficiency"]
    case 3, 4: Array(names.prefix(count))
    default: (0..<count).map { "kind-\($0 + 1)" }
    }
  }

  /// Returns whether a text can be the name of a kind.
  static func isName(_ text: String) -> Bool {
    names.contains(text)
      || text.hasPrefix("kind-") && text.count > 5 && text.dropFirst(5).utf8.allSatisfy { 48...57 ~= $0 }
  }
}
