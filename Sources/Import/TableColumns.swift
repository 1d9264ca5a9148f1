import Records

/// The columns of a table by their meaning: named by the user, or else guessed from their titles.
struct TableColumns {
  /// The kind of what was measured.
  private enum Measure {
    case throughput
    case time(TimeUnit)
  }

  /// The places of the columns that divide the trials into groups.
  let groups: [Int]
  private let titles: [String]
  private let workers: Int
  private let place: Int
  private let measure: Measure
  private let choice: ColumnChoice

  /// Finds the columns.
  ///
  /// - Throws: `ScalingTable.FormatError` if a column is missing, occurs twice, or may be another.
  init(_ titles: [String], _ choice: ColumnChoice, line: Int) throws(ScalingTable.FormatError) {
    let names = titles.map { $0.lowercased() }
    // The report of a run as CSV, in its former and its present form.
    let reports: [Set] = [["firstRegion", "warmUp"], ["firstRegion_ns", "warmUpRound"]]
    if choice == ColumnChoice(groups: choice.groups), reports.contains(where: { $0.isSubset(of: titles) }) {
      throw .report
    }
    let chosen = [choice.workers, choice.time, choice.throughput].compactMap(\.self) + choice.groups
    for name in ["workers", "throughput", "seconds"] + chosen.map({ $0.lowercased() })
    where names.count(where: { $0 == name }) > 1 {
      throw .repeatedColumn(name, line: line)
    }
    self.titles = titles
    self.choice = choice
    workers = try Self.workers(titles, choice, line: line)
    (place, measure) = try Self.measure(titles, choice, line: line)
    if choice.unit != nil, case .throughput = measure { throw .noTime(titles[place], line: line) }
    if place == workers { throw .sameColumn(titles[place], line: line) }
    let further = titles.indices.filter { [workers, place] in ![workers, place].contains($0) }
    var groups: [Int] = []
    for name in choice.groups {
      guard let place = further.first(where: { names[$0] == name.lowercased() }) else {
        throw .noGroupColumn(name, line: line, further: further.map { titles[$0] })
      }
      groups.append(place)
    }
    self.groups = groups
  }

  /// The places of the columns that have a meaning.
  var known: Set<Int> { Set([workers, place] + groups) }

  /// Sentences about what was guessed.
  var notes: [String] {
    let (title, workersTitle) = (titles[place], titles[workers])
    var guesses: [String] = []
    var options: [String] = []
    if choice.workers == nil && workersTitle.lowercased() != "workers" {
      guesses.append("'\(workersTitle)' as the worker count")
      options.append("--workers-column")
    }
    switch measure {
    case .throughput where choice.throughput == nil && title.lowercased() != "throughput":
      guesses.append("'\(title)' as the throughput")
      options.append("--throughput-column")
    case .time(let unit) where title.lowercased() != "seconds" && (choice.time == nil || choice.unit == nil):
      guesses.append("'\(title)' as the time in \(unit.name)")
      options += (choice.time == nil ? ["--time-column"] : []) + (choice.unit == nil ? ["--unit"] : [])
    default: break
    }
    var notes: [String] = []
    if !guesses.isEmpty {
      notes.append(
        "Read \(guesses.joined(separator: " and ")) (else give \(options.joined(separator: ", "))).")
    }
    if UsualTitle(title).isSummary {
      notes.append(
        "'\(title)' is one value of several trials, so there are no intervals of trials (give one line per trial)."
      )
    }
    return notes
  }

  /// Returns the trial in a row.
  func sample(
    in fields: [String], _ mark: inout DecimalMark, line: Int
  ) throws(ScalingTable.FormatError) -> ScalingSample {
    guard let workers = mark.number(fields[workers]), ScalingData.possibleWorkers.contains(workers) else {
      throw .number(fields[self.workers], column: titles[self.workers], isWorkers: true, line: line)
    }
    guard let value = mark.number(fields[place]), ScalingData.possibleMeasures.contains(value) else {
      throw .number(fields[place], column: titles[place], isWorkers: false, line: line)
    }
    switch measure {
    case .throughput: return ScalingSample(workers: workers, throughput: value)
    case .time(let unit): return ScalingSample(workers: workers, throughput: 1 / (value * unit.seconds))
    }
  }

  private static func workers(
    _ titles: [String], _ choice: ColumnChoice, line: Int
  ) throws(ScalingTable.FormatError) -> Int {
    if let name = choice.workers { return try place(of: name, in: titles, line: line) }
    let usual = UsualTitle.workers(in: titles)
    if usual.count > 1 { throw .severalWorkers(usual.map { titles[$0] }, line: line) }
    guard let place = usual.first else { throw .missingColumn("workers", line: line, found: titles) }
    return place
  }

  private static func measure(
    _ titles: [String], _ choice: ColumnChoice, line: Int
  ) throws(ScalingTable.FormatError) -> (Int, Measure) {
    func unit(_ place: Int) -> TimeUnit { choice.unit ?? UsualTitle(titles[place]).unit ?? .seconds }
    if let name = choice.time {
      let place = try place(of: name, in: titles, line: line)
      return (place, .time(unit(place)))
    }
    if let name = choice.throughput { return (try place(of: name, in: titles, line: line), .throughput) }
    func exact(_ name: String) -> Int? { titles.firstIndex { $0.lowercased() == name } }
    var places = (throughput: exact("throughput"), time: exact("seconds"))
    if places.throughput == nil && places.time == nil {
      places.throughput = UsualTitle.place(in: titles, by: \.throughputRank)
      places.time = UsualTitle.place(in: titles, by: \.timeRank)
    }
    // Only a time has a unit.
    if choice.unit != nil, let time = places.time { return (time, .time(unit(time))) }
    switch places {
    case (let throughput?, nil): return (throughput, .throughput)
    case (nil, let time?): return (time, .time(unit(time)))
    case (nil, nil): throw .missingColumn("throughput' or 'seconds", line: line, found: titles)
    case (let throughput?, let time?): throw .twoMeasures(titles[throughput], titles[time], line: line)
    }
  }

  private static func place(
    of name: String, in titles: [String], line: Int
  ) throws(ScalingTable.FormatError) -> Int {
    guard let place = titles.firstIndex(where: { $0.lowercased() == name.lowercased() }) else {
      throw .unknownColumn(name, line: line, found: titles)
    }
    return place
  }
}
