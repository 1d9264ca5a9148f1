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
  ///   - shape: The best possible speedups on the machine.
  ///   - place: The machine's name for the titles; `nil` if there is only one run.
  func pictures(_ shape: CoreShape, on place: String?) -> [Picture] {
    let byKernel = Dictionary(grouping: rows, by: \.configuration.kernel)
    let styles = seriesStyles
    let scales = kernels.flatMap { kernel -> [Picture?] in
      let subject = "\(workload) \(kernel)"
      let scale = KernelScale(self, kernel, byKernel[kernel] ?? [], styles, place: place)
      return [
        Picture(.speedup, of: subject, scale.speedupChart(on: shape).drawing),
        Picture(.efficiency, of: subject, scale.efficiencyChart(on: shape).drawing),
      ]
    }
    return
      (scales + [
        Picture(.times, of: workload, sampleChart(on: place).drawing),
        Picture(.losses, of: workload, lossChart(on: place).drawing),
      ]).compactMap(\.self)
  }

  /// The number of the colour and mark of each model other than `single`, with its schedule and placement: the same in every
  /// picture of the workload.
  var seriesStyles: [String: Int] {
    var styles: [String: Int] = [:]
    for row in rows where row.configuration.hasSeries {
      let name = row.configuration.seriesName
      if styles[name] == nil { styles[name] = styles.count }
    }
    return styles
  }

  /// Returns the name of a row in pictures.
  func name(of row: ConfigurationAnalysis) -> String {
    name(of: row.configuration, workers: row.configuration.workers)
  }

  /// Returns the part of a title with the work and the machine.
  func subject(kernel: String? = nil, on place: String?) -> String {
    let extent = arraysText ?? upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let path = traffic.map { " \($0.path)" } ?? ""
    let kernels = kernel.map { ", \($0) kernel" } ?? ""
    return Readable.line("\(workload)\(path)\(extent)\(kernels)\(place.map { ", \($0)" } ?? "")")
  }
}

extension Configuration {
  /// Whether it belongs to a line over the number of workers: all but the model `single`.
  var hasSeries: Bool { command != nil || model != "single" }

  /// The model, with its schedule and placement if it has them.
  var seriesName: String {
    [model, variantText(of: self)].compactMap(\.self).joined(separator: " ")
  }
}
