import Analysis
import Formatting
import Records

/// A drawing of a run, with the parts of its file name.
struct Picture {
  /// The kind of picture.
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
  /// The workload and whatever else distinguishes the picture from others of its kind.
  let subject: String
  let drawing: Drawing

  /// Makes a picture; `nil` without a drawing.
  init?(_ kind: Kind, of subject: String, _ drawing: Drawing?) {
    guard let drawing else { return nil }
    self.kind = kind
    self.subject = subject
    self.drawing = drawing
  }
}

extension WorkloadAnalysis {
  /// Returns the pictures of a workload.
  ///
  /// - Parameters:
  ///   - effectiveCPUs: The effective CPUs of the machine.
  ///   - place: The machine's name for the titles; `nil` if there is only one run.
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

  /// The models other than `single`, each with its schedule, in the order of the rows.
  var seriesNames: [String] {
    var seen: Set<String> = []
    return rows.filter { $0.configuration.model != "single" }.map { $0.configuration.seriesName }
      .filter { seen.insert($0).inserted }
  }

  /// Returns the name of a row in pictures.
  func name(of row: ConfigurationAnalysis) -> String {
    name(of: row.configuration, workers: row.configuration.workers)
  }

  /// Returns the style class with a row's colour, which is the same in every picture of the workload.
  func style(of row: ConfigurationAnalysis) -> String {
    seriesNames.firstIndex(of: row.configuration.seriesName).map { Report.style($0) } ?? "quiet"
  }

  /// Returns the part of a title with the work and the machine.
  func subject(kernel: String? = nil, on place: String?) -> String {
    let extent = upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let kernels = kernel.map { ", \($0) kernel" } ?? ""
    return Readable.line("\(workload)\(extent)\(kernels)\(place.map { ", \($0)" } ?? "")")
  }
}

extension Configuration {
  /// The model, with its schedule if it has one.
  var seriesName: String {
    [model, scheduleText(of: self)].compactMap(\.self).joined(separator: " ")
  }
}
