import Analysis
import Formatting
import Records

/// Returns runs as one self-contained HTML page: pictures, tables, the machines, and the runs themselves, which
/// `EmbeddedRecord` reads back.
///
/// - Parameters:
///   - runs: Runs, each with its JSON.
///   - comparison: The comparison of the runs, which is shown first; `nil` if they are not compared.
public func htmlReport(
  of runs: [(record: RunRecord, json: String)], comparison: ComparisonRecord? = nil
) -> String {
  let analysed = AnalysedRun.all(runs.map(\.record))
  let compared = comparison.flatMap { PageSection($0) }.map { [$0] } ?? []
  return page(
    titled: title(analysed), answers: (comparison.map { [$0.pageAnswer] } ?? []) + analysed.map(answer),
    compared + PageSection.all(analysed), records: runs.map(\.json))
}

/// Returns a self-contained HTML page. Its content security policy forbids to fetch anything, and to run any script but its own.
///
/// - Parameters:
///   - answers: The elements below the title, side by side.
///   - records: The JSON of the records that the page shows.
func page(titled title: String, answers: [Markup], _ sections: [PageSection], records: [String]) -> String {
  let header = Markup.element(
    "header", [:], [.element("h1", [:], title), .element("div", ["class": "grid"], answers)])
  let content: [Markup] =
    [header, navigation(sections), .element("main", [:], sections.map(\.element))]
    + records.map { .embedded(EmbeddedRecord(json: $0)) } + [.element("script", code: PageScript.text)]
  let page = Markup.element("html", ["lang": "en"], [head(title), .element("body", [:], content)])
  return "<!DOCTYPE html>\n\(page.text)\n"
}

private let policy =
  "default-src 'none'; script-src '\(PageScript.hash)'; style-src \(PageStyle.hashes.map { "'\($0)'" }.joined(separator: " ")); "
  + "base-uri 'none'; form-action 'none'"

private func head(_ title: String) -> Markup {
  .element(
    "head", [:],
    [
      .element("meta", ["charset": "utf-8"]),
      .element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], title),
      .element("style", code: DrawingStyle.text),
      .element("style", code: PageStyle.text),
    ])
}

private func title(_ runs: [AnalysedRun]) -> String {
  Readable.line("scaleup: \(runs.map { $0.place ?? $0.record.host }.joined(separator: ", "))", limit: 200)
}

/// Returns the failures and the answer of a run.
private func answer(_ run: AnalysedRun) -> Markup {
  let failures = failureLines(run.analysis.failures).map { Markup.element("p", ["class": "failed"], $0) }
  let card = decision(run.analysis)
  let answers = answer(of: run.analysis, isBelowCard: !card.isEmpty) + furtherAnswers(of: run.analysis)
  let verdicts = answers.map {
    Markup.element("p", ["class": "verdict"], $0)
  }
  let cautions = cautions(on: run.record, run.analysis).map { Markup.element("p", ["class": "quiet"], $0) }
  return Markup.element(
    "div", [:],
    [.element("p", ["class": "quiet"], heading(of: run.record))] + failures + card + verdicts + cautions)
}

/// Returns the figures that answer whether twice the cores are worth it; nothing if they are unknown.
private func decision(_ analysis: RunAnalysis) -> [Markup] {
  let growth = GrowthAnswer.all(analysis)
  if growth.isEmpty { return [] }
  let losses = analysis.growth.flatMap { _ in analysis.fastest?.row.losses }
  let loss = losses.map { losses in
    losses.notable.map {
      CardFigure(
        subject: "Greatest loss", figure: Readable.percent(losses.share(of: $0)),
        note: "\($0.title): \($0.activity)")
    }
      ?? CardFigure(
        subject: "Greatest loss",
        figure: "below \(Readable.fixed(LossAttribution.least * 100, decimals: 0)) %",
        note: "of the core time")
  }
  return CardFigure.card("Is twice the cores worth it?", growth.map(\.card) + [loss].compactMap(\.self))
}

private func navigation(_ sections: [PageSection]) -> Markup {
  .element(
    "nav", ["aria-label": "sections"], sections.map { .element("a", ["href": "#\($0.name)"], $0.title) })
}
