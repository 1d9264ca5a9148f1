/// Numbers of workers, as users write them: `1,2,4`, `1-8`, `1-64/2` (every second), or `all` (every number up to the CPUs).
public struct WorkerCounts: Equatable, Sendable {
  /// The greatest number of workers.
  public static let most = 4096

  /// The reader of numbers of workers.
  public static let reader = Reader<WorkerCounts>(
    expected: "whole numbers from 1 to \(most), ranges such as 1-8 or 1-64/2, or all, separated by commas",
    example: "1,2,4", nearest: mended, parse: { WorkerCounts($0) })

  private enum Part: Hashable {
    case all
    case range(first: Int, last: Int, step: Int)
  }

  private let parts: [Part]

  /// Reads numbers of workers; `nil` if a part is not acceptable.
  init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.part(String($0)) }
    if parts.contains(nil) { return nil }
    self.parts = parts.compactMap(\.self)
  }

  /// Returns the numbers in the order in which they were written, each once.
  ///
  /// - Parameter cpus: The number of CPUs, for `all`.
  public func counts(cpus: Int) -> [Int] {
    var seen: Set<Int> = []
    return parts.flatMap { part in
      switch part {
      case .all: Array(1...max(1, min(cpus, Self.most)))
      case .range(let first, let last, let step): Array(stride(from: first, through: last, by: step))
      }
    }.filter { seen.insert($0).inserted }
  }

  private static func part(_ text: String) -> Part? {
    if text == "all" { return .all }
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { count(String($0)) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
      return nil
    }
    if halves.count == 1 { return .range(first: first, last: last, step: 1) }
    guard ends.count == 2, let step = count(halves[1]) else { return nil }
    return .range(first: first, last: last, step: step)
  }

  private static func count(_ text: String) -> Int? {
    try? SuiteOptions.workerCount.read(text).get()
  }

  /// Returns the text with the ends of reversed ranges exchanged; `nil` if that does not make it acceptable.
  private static func mended(_ text: String) -> String? {
    let parts = text.split(separator: ",").map { part in
      let halves = part.split(separator: "/", maxSplits: 1)
      let ends = (halves.first ?? "").split(separator: "-")
      guard Self.part(String(part)) == nil, ends.count == 2 else { return String(part) }
      return "\(ends[1])-\(ends[0])" + (halves.count == 2 ? "/\(halves[1])" : "")
    }
    let text = parts.joined(separator: ",")
    return WorkerCounts(text) == nil ? nil : text
  }
}
