import Records

/// The physical cores of one kind that a run may use.
public struct KindOfCores: Equatable, Sendable {
  /// The name of the kind, such as `performance`.
  public let name: String
  /// The number of cores.
  public let cores: Int
}

extension Passport.Topology {
  /// The physical cores of each kind, the fastest first; empty if all are alike, or if it is unknown how many there are.
  var coresOfKinds: [KindOfCores] {
    guard let kinds, kinds.count > 1 else { return [] }
    let groups = (siblings ?? "").split(separator: " ").map { ranges(in: $0) }
    let found = kinds.map { kind in
      let listed = ranges(in: kind.list ?? "")
      let shared = groups.filter { group in
        group.first.map { first in listed.contains { $0.contains(first.lowerBound) } } ?? false
      }
      return KindOfCores(
        name: kind.name, cores: kind.cpus - shared.reduce(0) { $0 + $1.reduce(-1) { $0 + $1.count } })
    }
    let sum = found.reduce(0) { $0 + $1.cores }
    guard found.allSatisfy({ $0.cores > 0 }), usableCores ?? sum == sum else { return [] }
    return found
  }
}

/// Returns the ranges of a list of CPUs, such as `0-3,8`; skips anything that is neither a number nor a range.
private func ranges(in list: some StringProtocol) -> [ClosedRange<Int>] {
  list.split(separator: ",").compactMap { part in
    let ends = part.split(separator: "-").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, 0...last ~= first, last < 1 << 16 else { return nil }
    return first...last
  }
}
