import Analysis
import Formatting
import Records

/// Returns the pictures of runs as separate SVG files.
///
/// - Returns: Unique names of lower-case letters, digits and dashes, without an extension, with the text of the file.
public func svgPictures(of runs: [RunRecord]) -> [(name: String, svg: String)] {
  var names = UniqueNames()
  return pictures(of: AnalysedRun.all(runs)).map { place, picture in
    let name = fileName([place, picture.subject, picture.kind.rawValue].compactMap(\.self))
    return (names.next(name), picture.drawing.file)
  }
}

/// Names that are made unique with a number.
private struct UniqueNames {
  private var taken: Set<String> = []
  /// The last number of each name that was asked for.
  private var numbers: [String: Int] = [:]

  /// Returns a name if it is free; otherwise the name with the next free number.
  mutating func next(_ name: String) -> String {
    var number = numbers[name, default: 0]
    var unique = name
    repeat {
      number += 1
      unique = number == 1 ? name : "\(name)-\(number)"
    } while !taken.insert(unique).inserted
    numbers[name] = number
    return unique
  }
}

private func pictures(of runs: [AnalysedRun]) -> [(place: String?, picture: Picture)] {
  machinePictures(of: runs).map { (nil, $0) }
    + runs.flatMap { run in
      (run.analysis.workloads.flatMap(run.pictures) + run.trialPictures.flatMap(\.pictures)).map {
        (run.place, $0)
      }
    }
}

/// A run with its analysis and the machine that it ran on.
struct AnalysedRun {
  let record: RunRecord
  let analysis: RunAnalysis
  /// The machine's name if there are several runs, followed by the start time if the name is not unique.
  let place: String?

  /// Analyzes runs that are shown together.
  static func all(_ records: [RunRecord]) -> [AnalysedRun] {
    let hosts = Dictionary(grouping: records, by: \.host)
    return records.map { record in
      let isAlone = hosts[record.host]?.count == 1
      let place = isAlone ? record.host : "\(record.host) \(record.startedAt)"
      return AnalysedRun(
        record: record, analysis: RunAnalysis(record), place: records.count > 1 ? Readable.line(place) : nil)
    }
  }

  /// Returns the pictures of a workload.
  func pictures(of table: WorkloadAnalysis) -> [Picture] {
    table.pictures(analysis.shape, on: place)
  }

  /// The pictures of every configuration's trial with the median time, with the name of the trial and whether the
  /// configuration is the fastest.
  var trialPictures: [(name: String, isFastest: Bool, pictures: [Picture])] {
    analysis.measured.configurations.map(\.middle).map { trial in
      (
        trial.name(on: nil),
        trial.configuration == (analysis.fastest ?? analysis.cheapest)?.row.configuration,
        [
          Picture(.gantt, of: trial.subject, trial.gantt(on: place)),
          Picture(.cores, of: trial.subject, trial.coreUse(on: place)),
        ].compactMap(\.self)
      )
    }
  }
}

private func fileName(_ words: [String]) -> String {
  let text = words.joined(separator: "-").lowercased().map { character in
    character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
  }
  return String(text.prefix(100))
}
