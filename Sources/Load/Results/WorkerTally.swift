import Records

/// The number of correct answers by worker of the server, which the header X-Worker names.
struct WorkerTally: Sendable {
  /// The most workers that are told apart. Answers of others are not counted here.
  static let mostWorkers = 1000
  /// The longest name in bytes.
  static let longestName = 100

  private var names: [String] = []
  private var counts: [UInt64] = []
  private var places: [String: Int] = [:]

  /// Creates counts of no workers.
  init() {}

  /// Counts an answer.
  ///
  /// - Parameters:
  ///   - name: The worker.
  ///   - place: The place of the worker that answered last on the same connection, which is mostly the same one. It becomes
  ///     that of this worker.
  @inline(__always)
  mutating func count(_ name: String, near place: inout Int) {
    if place < names.count, names[place] == name {
      counts[place] &+= 1
    } else {
      search(name, &place)
    }
  }

  private mutating func search(_ name: String, _ place: inout Int, times: UInt64 = 1) {
    if let known = places[name] {
      place = known
    } else {
      guard names.count < Self.mostWorkers, name.utf8.count <= Self.longestName else { return }
      place = names.count
      places[name] = place
      names.append(name)
      counts.append(0)
    }
    counts[place] += times
  }

  /// Adds the answers that another thread received.
  mutating func merge(_ other: Self) {
    var place = 0
    for (name, count) in zip(other.names, other.counts) { search(name, &place, times: count) }
  }

  /// The workers, in the order of their numbers and then of their names; `nil` if there are none.
  var workers: [LoadRecord.Worker]? {
    if names.isEmpty { return nil }
    return zip(names, counts).map { LoadRecord.Worker(name: $0, answers: $1) }.sorted { one, other in
      (Self.number(one.name), one.name) < (Self.number(other.name), other.name)
    }
  }

  /// Returns the number that a name starts with; the greatest integer if there is none.
  private static func number(_ name: String) -> UInt64 {
    UInt64(name.prefix { $0.isASCII && $0.isNumber }) ?? .max
  }
}
