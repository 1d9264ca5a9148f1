import Analysis
import Formatting
import Records

/// A drawing of a run, and what it is called in a folder.
struct Picture {
  /// What kind of picture it is.
  enum Kind: String, CaseIterable {
    case speedup
    case efficiency
    case times
    case losses
    case gantt
    case cores
    case machines
  }

  let kind: Kind
  /// The workload, and what else tells it from others of its kind.
  let subject: String
  let drawing: Drawing

  /// A picture of something; `nil` where there is nothing to draw.
  init?(_ kind: Kind, of subject: String, _ drawing: Drawing?) {
    guard let drawing else { return nil }
    self.kind = kind
    self.subject = subject
    self.drawing = drawing
  }
}

extension WorkloadAnalysis {
  /// The pictures of a workload.
  ///
  /// - Parameters:
  ///   - effectiveCPUs: As many workers as can have a core each.
  ///   - place: Where it was measured, for the titles; `nil` where that goes without saying.
  func pictures(effectiveCPUs: Int, on place: String?) -> [Picture] {
    let scales = kernels.flatMap { kernel -> [Picture?] in
      let subject = "\(workload) \(kernel)"
      return [
        Picture(
          .speedup, of: subject,
          speedupChart(kernel: kernel, effectiveCPUs: effectiveCPUs, on: place).drawing),
        Picture(.efficiency, of: subject, efficiencyChart(kernel: kernel, on: place).drawing),
      ]
    }
    return
      (scales + [
        Picture(.times, of: workload, sampleChart(on: place).drawing),
        Picture(.losses, of: workload, lossChart(on: place).drawing),
      ]).compactMap(\.self)
  }

  /// The models that are compared with `single`, each with each schedule of its own, in the order of the rows.
  var seriesNames: [String] {
    var seen: Set<String> = []
    return rows.filter { $0.configuration.model != "single" }.map { $0.configuration.seriesName }
      .filter { seen.insert($0).inserted }
  }

  /// What a row is called in pictures.
  func name(of row: ConfigurationAnalysis) -> String {
    name(of: row.configuration, workers: row.configuration.workers)
  }

  /// The class of a row's colour; the same in every picture of the workload.
  func style(of row: ConfigurationAnalysis) -> String {
    seriesNames.firstIndex(of: row.configuration.seriesName).map { Report.style($0) } ?? "quiet"
  }

  /// The part of a title that says what was computed, and where.
  func subject(kernel: String? = nil, on place: String?) -> String {
    let extent = upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let kernels = kernel.map { ", \($0) kernel" } ?? ""
    return Readable.line("\(workload)\(extent)\(kernels)\(place.map { ", \($0)" } ?? "")")
  }
}

extension Configuration {
  /// The model, with its schedule where it has one.
  var seriesName: String {
    [model, scheduleText(of: self)].compactMap(\.self).joined(separator: " ")
  }
}
