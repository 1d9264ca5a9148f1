import Analysis
import Formatting
import Records

/// A part of the page under one heading.
struct PageSection {
  /// The anchor of the section.
  let name: StaticString
  let title: String
  private let content: [Markup]

  /// Makes a section; `nil` if it has no content.
  init?(_ name: StaticString, _ title: String, note: String? = nil, _ content: [Markup]) {
    if content.isEmpty { return nil }
    (self.name, self.title) = (name, title)
    self.content = (note.map { [.element("p", ["class": "quiet"], $0)] } ?? []) + content
  }

  /// The HTML element of the section.
  var element: Markup {
    .element("section", ["id": "\(name)"], [.element("h2", [:], title)] + content)
  }

  /// Returns all sections below the answer.
  static func all(_ runs: [AnalysedRun]) -> [PageSection] {
    let tables = runs.flatMap { run in
      run.analysis.workloads.map { (table: $0, pictures: run.pictures(of: $0)) }
    }
    let pictures = tables.flatMap(\.pictures)
    func figures(_ name: String, _ kinds: Set<Picture.Kind>) -> [Markup] {
      grid(pictures.filter { kinds.contains($0.kind) }.map(\.drawing), name)
    }
    return [
      PageSection(
        "machines", "Machine beside machine", grid(machinePictures(of: runs).map(\.drawing), "machines")),
      PageSection("scaling", "Speedup and efficiency", figures("scaling", [.speedup, .efficiency])),
      PageSection("trials", "Every trial", figures("trials", [.times])),
      PageSection("losses", "Where the core time went", losses(of: tables)),
      PageSection("workers", "Workers and cores in one trial", note: typicalNote, pickers(runs)),
      PageSection("numbers", "The numbers", runs.flatMap(numbers)),
      PageSection(
        "machine", runs.count > 1 ? "The machines" : "The machine", [machineTable(of: runs.map(\.record))]),
    ].compactMap(\.self)
  }

  private static let typicalNote =
    "For each configuration, the trial with the median time."

  /// Returns drawings side by side; nothing without any.
  ///
  /// - Parameter name: The start of their names, which is unique in the page.
  static func grid(_ drawings: [Drawing], _ name: String) -> [Markup] {
    if drawings.isEmpty { return [] }
    let figures = drawings.enumerated().map { position, drawing in
      figure(drawing, "\(name)-\(position)")
    }
    return [.element("div", ["class": "grid"], figures)]
  }

  private static func figure(_ drawing: Drawing, _ name: String) -> Markup {
    .element("figure", [:], [drawing.element(name: name)])
  }

  /// Returns a part of a text report: its title, its table and its sentences.
  ///
  /// - Parameters:
  ///   - title: The title, which also names the table; that of the part by default.
  ///   - isStacked: Whether each row of the table is a block on a narrow screen.
  static func content(of section: Section, titled title: String? = nil, isStacked: Bool = false) -> [Markup] {
    let title = title ?? section.title ?? ""
    return (title.isEmpty ? [] : [.element("h3", [:], title)])
      + (section.table.map { [$0.element(label: title, isStacked: isStacked)] } ?? [])
      + section.lines.map { .element("p", ["class": "quiet"], $0) }
  }

  /// Returns a table that is hidden until it is asked for.
  static func details(_ label: String, _ table: Table) -> Markup {
    .element("details", [:], [.element("summary", [:], label), table.element(label: label)])
  }

  /// Returns the pictures of the losses, each with its sentences below.
  private static func losses(of tables: [(table: WorkloadAnalysis, pictures: [Picture])]) -> [Markup] {
    let charts = tables.enumerated().compactMap { position, entry -> Markup? in
      guard let picture = entry.pictures.first(where: { $0.kind == .losses }) else { return nil }
      let sentences = (entry.table.lossSection?.lines ?? []).map { Markup.element("p", [:], $0) }
      return .element("div", [:], [figure(picture.drawing, "losses-\(position)")] + sentences)
    }
    return charts.isEmpty ? [] : [.element("div", ["class": "grid"], charts)]
  }

  /// Returns a picker of configurations per run, and the pictures of each. The script shows only the picked one.
  private static func pickers(_ runs: [AnalysedRun]) -> [Markup] {
    runs.enumerated().compactMap { number, run in
      let trials = run.trialPictures.filter { !$0.pictures.isEmpty }
      if trials.isEmpty { return nil }
      let label = "configuration" + (run.place.map { " on \($0)" } ?? "")
      let choice = Markup.element(
        "p", ["class": "choice", "hidden": ""],
        [
          .element(
            "label", [:],
            [
              .text(label),
              .element(
                "select", [:],
                trials.map { trial in
                  .element("option", ["selected": trial.isFastest ? "" : nil], trial.name)
                }),
            ])
        ])
      let figures = trials.enumerated().map { position, trial in
        Markup.element(
          "div", ["class": "trial"], grid(trial.pictures.map(\.drawing), "trial-\(number)-\(position)"))
      }
      return .element("div", ["class": "picker"], [choice] + figures)
    }
  }

  /// Returns all tables of a run. The sentences about losses are with their picture.
  private static func numbers(of run: AnalysedRun) -> [Markup] {
    let prefix = run.place.map { "\($0): " } ?? ""
    func content(_ section: Section?, isStacked: Bool = false) -> [Markup] {
      section.map { Self.content(of: $0, titled: prefix + ($0.title ?? ""), isStacked: isStacked) } ?? []
    }
    let tables =
      run.analysis.workloads.flatMap { table in
        let losses = table.lossSection.map { Section(title: $0.title, table: $0.table) }
        return content(table.measuredSection) + content(table.hostSection) + content(losses)
          + content(table.lawSection, isStacked: true)
      } + content(Section(spreads: ComparisonRecord.HostSpread.all(in: run.analysis.measured)))
    let trials = Table(trialsOf: run.record)
    return tables + [
      details("\(prefix)\(Readable.count(trials.rows.count, "trial")), each by itself", trials)
    ]
  }
}
