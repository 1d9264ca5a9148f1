/// The further columns of a table of trials, watched for one that divides the trials into groups, such as the size of
/// a problem.
///
/// A column divides the trials if trials with one number of workers have different values in it, and at least half of
/// its values occur with several numbers of workers. So columns that were measured, such as a CPU time, do not divide
/// them. Neither do columns whose name says that they number or date the trials.
struct DividingColumns {
  /// The names of columns that number or date trials.
  private static let running: Set<String> = [
    "round", "trial", "run", "iteration", "repetition", "repeat", "rep", "sample", "attempt", "index", "id",
    "seed",
    "date", "time", "timestamp",
  ]
  /// The most values of a column that divides; one with more was measured or numbers the trials.
  private static let mostValues = 200
  /// The most numbers of workers, in all groups, whose trials are compared.
  private static let mostCells = 1000

  private struct Cell: Hashable {
    let group: Int
    let workers: Double
  }

  private struct Column {
    let title: String
    let place: Int
    /// The values that occurred with one number of workers, and those that occurred with several.
    var once: [String: Double] = [:]
    var several: Set<String> = []
    /// The value in the first trial of each cell.
    var first: [Cell: String] = [:]
    /// The first number of workers with different values.
    var variesAt: Double?

    var isTooVaried: Bool { once.count + several.count > DividingColumns.mostValues }

    mutating func add(_ value: String, _ cell: Cell) {
      if let workers = once[value], workers != cell.workers {
        once[value] = nil
        several.insert(value)
      } else if !several.contains(value) {
        once[value] = cell.workers
      }
      guard variesAt == nil else { return }
      if let found = first[cell] {
        if found != value { variesAt = cell.workers }
      } else if first.count < DividingColumns.mostCells {
        first[cell] = value
      }
    }
  }

  private var columns: [Column]

  /// Watches the columns of a table that have no other meaning.
  ///
  /// - Parameter known: The places of the columns that have one.
  init(_ titles: [String], except known: Set<Int>) {
    columns = titles.indices.filter { place in
      !known.contains(place) && !Self.running.contains(titles[place].lowercased())
    }.map { Column(title: titles[$0], place: $0) }
  }

  /// Adds the row of a trial.
  mutating func add(_ fields: [String], group: Int, workers: Double) {
    for index in columns.indices {
      columns[index].add(fields[columns[index].place], Cell(group: group, workers: workers))
    }
    columns.removeAll(where: \.isTooVaried)
  }

  /// The first column that divides the trials, and a number of workers with different values; `nil` if none does.
  var first: (title: String, workers: Double)? {
    columns.lazy.filter { $0.several.count >= $0.once.count }.compactMap { column in
      column.variesAt.map { (column.title, $0) }
    }.first
  }
}
