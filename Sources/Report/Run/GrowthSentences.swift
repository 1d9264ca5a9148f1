import Analysis
import Formatting
import Records
import Statistics

/// The answer to whether twice the cores are worth it, in parts: a subject, a figure, and what qualifies the figure.
struct GrowthAnswer {
  /// The subject, such as `Last doubling, 32 → 64 CPUs`.
  let subject: String
  /// The figure, such as `+21 %`.
  let figure: String
  /// Its interval or its reason; empty if there is none.
  let note: String

  /// The answer in one sentence.
  var sentence: String {
    "\(subject): \(figure)\(note.isEmpty ? "" : "\(note.first == "," ? "" : " ")\(note)")."
  }

  /// The answer for a card.
  var card: CardFigure {
    CardFigure(subject: subject, figure: figure, note: String(note.drop { ", ".contains($0) }))
  }

  /// The most commands with answers.
  private static let mostCommands = 4

  /// Returns the answers of a run: what the last doubling of workers brought, and what twice the cores would bring, with the
  /// fastest model or with each command. Empty if it was not measured with several workers.
  static func all(_ analysis: RunAnalysis) -> [GrowthAnswer] {
    if analysis.isTooBusy { return [] }
    let growths = analysis.growths.prefix(mostCommands)
    let isNamed = growths.count > 1
    let lasts = growths.compactMap { growth in growth.last.map { last($0, growth).named(growth, isNamed) } }
    let outlooks = growths.compactMap { growth in growth.outlook.map { (growth, twice($0, growth)) } }
    // One answer for all if it is the same.
    let isSame = outlooks.allSatisfy { $0.1.sentence == outlooks[0].1.sentence }
    return lasts + outlooks.prefix(isSame ? 1 : .max).map { $1.named($0, isNamed && !isSame) }
  }

  /// Returns the answer with the name of the command in front.
  private func named(_ growth: CoreGrowth, _ isNamed: Bool) -> GrowthAnswer {
    guard isNamed else { return self }
    let first = subject.prefix(1).lowercased()
    return GrowthAnswer(
      subject: Readable.line("\(growth.configuration.model): \(first)\(subject.dropFirst())"), figure: figure,
      note: note)
  }

  private static func last(_ step: CoreGrowth.Step, _ growth: CoreGrowth) -> GrowthAnswer {
    let word = step.to == 2 * step.from ? "Last doubling" : "Last step"
    // Beyond the fastest cores, workers are on slower ones, and beyond the physical cores, they share them.
    let shared = step.to > growth.allCores ? " of \(Readable.count(growth.allCores, "core"))" : ""
    let kinds = growth.kinds.map { Readable.count($0.cores, "\($0.name) core") }
    let mixed = step.to > growth.cores && !kinds.isEmpty ? " on \(kinds.joined(separator: " and "))" : shared
    return GrowthAnswer(
      subject: "\(word), \(step.from) → \(step.to) CPUs\(mixed)", figure: signedPercent(step.factor),
      note: step.interval.map { "(95 % CI \(percentages($0)))" } ?? "")
  }

  private static func twice(_ outlook: CoreGrowth.Outlook, _ growth: CoreGrowth) -> GrowthAnswer {
    let kind = growth.kind.map { "\($0) " } ?? ""
    let subject = "Twice the \(kind)cores, \(growth.cores) → \(2 * growth.cores)"
    switch outlook {
    case .extrapolated(let factor?, let interval, let laws):
      return GrowthAnswer(
        subject: subject, figure: signedPercent(factor),
        note: "(95 % CI \(percentages(interval))), extrapolated by \(names(laws))")
    case .extrapolated(nil, let interval, let laws):
      return GrowthAnswer(
        subject: subject, figure: "\(signedPercent(interval.lower)) to \(signedPercent(interval.upper))",
        note: ", extrapolated by \(names(laws)), which the data cannot tell apart")
    case .tooFewCounts(let needed, let found):
      return GrowthAnswer(
        subject: subject, figure: "unknown",
        note:
          ", because a law needs \(needed) worker counts up to \(Readable.count(growth.cores, "\(kind)core")) "
          + "(found \(found))")
    case .noLaw(let error):
      return GrowthAnswer(
        subject: subject, figure: "unknown", note: ", because no law fits: \(withoutPeriod(error))")
    }
  }

  private static func names(_ laws: [ScalingLaw]) -> String {
    let names = laws.map { law in
      switch law {
      case .amdahl, .gustafson: law.title
      case .usl: "the universal scalability law"
      }
    }
    return names.count < 2
      ? names.first ?? "" : "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
  }

  private static func withoutPeriod(_ error: LawFitError) -> String {
    let text = error.description
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func percentages(_ interval: Interval) -> String {
    let ends = [interval.lower, interval.upper].map(signedPercent)
    return "\(ends[0]) to \(ends[1])"
  }
}

/// Returns a factor as a change, such as `+21 %` for 1.21.
func signedPercent(_ factor: Double) -> String {
  let percent = (factor - 1) * 100
  let text = Readable.fixed(percent.magnitude, decimals: 0)
  return (text == "0" ? "±" : percent < 0 ? "−" : "+") + text + " %"
}
