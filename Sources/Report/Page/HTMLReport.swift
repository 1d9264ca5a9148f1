import Analysis
import Formatting
import Records

/// Returns runs as one self-contained HTML page: pictures, tables, the machines, and the runs themselves, which
/// `EmbeddedRecord` reads back.
///
/// The page's content security policy forbids to fetch anything, and to run any script but its own.
///
/// - Parameter runs: Runs, each with its JSON.
public func htmlReport(of runs: [(record: RunRecord, json: String)]) -> String {
  let analysed = AnalysedRun.all(runs.map(\.record))
  let sections = PageSection.all(analysed)
  let content: [Markup] =
    [header(analysed), navigation(sections), .element("main", [:], sections.map(\.element))]
    + runs.map { .embedded(EmbeddedRecord(json: $0.json)) } + [.element("script", code: PageScript.text)]
  let page = Markup.element(
    "html", ["lang": "en"], [head(analysed), .element("body", [:], content)])
  return "<!DOCTYPE html>\n\(page.text)\n"
}

private let policy =
  "default-src 'none'; script-src '\(PageScript.hash)'; style-src \(PageStyle.hashes.map { "'\($0)'" }.joined(separator: " ")); "
  + "base-uri 'none'; form-action 'none'"

private func head(_ runs: [AnalysedRun]) -> Markup {
  .element(
    "head", [:],
    [
      .element("meta", ["charset": "utf-8"]),
      .element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], title(runs)),
      .element("style", code: DrawingStyle.text),
      .element("style", code: PageStyle.text),
    ])
}

private func title(_ runs: [AnalysedRun]) -> String {
  Readable.line("scaleup: \(runs.map { $0.place ?? $0.record.host }.joined(separator: ", "))", limit: 200)
}

/// Returns the failures and the answer of each run, side by side.
private func header(_ runs: [AnalysedRun]) -> Markup {
  let machines = runs.map { run in
    let failures = failureLines(run.analysis.failures).map { Markup.element("p", ["class": "failed"], $0) }
    let verdicts = (answer(of: run.analysis) + furtherAnswers(of: run.analysis)).map {
      Markup.element("p", ["class": "verdict"], $0)
    }
    let cautions = cautions(on: run.record, run.analysis).map { Markup.element("p", ["class": "quiet"], $0) }
    return Markup.element(
      "div", [:],
      [.element("p", ["class": "quiet"], heading(of: run.record))] + failures + verdicts + cautions)
  }
  return .element(
    "header", [:], [.element("h1", [:], title(runs)), .element("div", ["class": "grid"], machines)])
}

private func navigation(_ sections: [PageSection]) -> Markup {
  .element(
    "nav", ["aria-label": "sections"], sections.map { .element("a", ["href": "#\($0.name)"], $0.title) })
}
