import Formatting
import Foundation
import Records
import TestSupport
import Testing

@testable import Analysis
@testable import Report

struct PageTests {
  private static func page(_ runs: [RunRecord]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return htmlReport(of: try runs.map { ($0, String(decoding: try encoder.encode($0), as: UTF8.self)) })
  }

  @Test("the page is well-formed for any machine", arguments: PictureTests.runs.indices)
  func wellFormed(index: Int) throws {
    let root = try parseXML(Self.page([PictureTests.runs[index]]))
    let identifiers = root.all.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for link in root.all("a") {
      let target = try #require(link.attributes["href"])
      #expect(target.hasPrefix("#") && identifiers.contains(String(target.dropFirst())))
    }
  }

  @Test("the page shows foreign names as text and runs none of them", arguments: hostileNames)
  func hostile(name: String) throws {
    let root = try parseXML(Self.page([hostileRun(name), hostileRun(name)]))
    #expect(Self.elements(in: root).isSubset(of: try Self.tame.get()))
    #expect(root.all("script").count == 3)
    let facts = root.all.first { $0.attributes["class"] == "facts" }?.wholeText ?? ""
    #expect(name.isEmpty || facts.contains(Readable.line(name, limit: 400)))
  }

  @Test("the page contains its runs exactly")
  func embedded() throws {
    let runs = hostileNames.map(hostileRun)
    let records = try #require(EmbeddedRecord.records(in: Self.page(runs)))
    #expect(try records.map { try JSONDecoder().decode(RunRecord.self, from: Data($0.utf8)) } == runs)
  }

  @Test("the page loads nothing and runs only its own script")
  func policy() throws {
    let root = try parseXML(Self.page([pictureRun(cores: 2)]))
    let policy = root.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?
      .attributes["content"]
    let sources = root.all("style").map { "'\(sha256Source(of: $0.text))'" }.joined(separator: " ")
    let script = root.all("script").filter { $0.attributes["type"] == nil }.map(\.text)
    #expect(script.count == 1)
    #expect(
      policy
        == "default-src 'none'; script-src '\(sha256Source(of: script.first ?? ""))'; style-src \(sources); "
        + "base-uri 'none'; form-action 'none'")
    let attributes = Set(root.all.flatMap(\.attributes.keys))
    #expect(attributes.isDisjoint(with: ["src", "style", "action", "onclick", "onload", "srcset"]))
  }

  @Test("the digest in the page's policy is right for known texts")
  func digest() {
    #expect(sha256Source(of: "") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(sha256Source(of: "abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
  }

  @Test("the page has every number of the text report in a sortable table, and a row per trial")
  func tables() throws {
    let run = syntheticRun
    let tables = try parseXML(Self.page([run])).all("table").filter { $0.attributes["class"] == "sortable" }
    let shown = tables.map { table in table.all("tr").map { $0.children.map(\.wholeText) } }
    for table in RunAnalysis(run).workloads {
      for case let part? in [table.measuredSection.table, table.lossSection?.table, table.lawSection?.table] {
        #expect(shown.contains([part.columns.map(\.title)] + part.rows))
      }
    }
    #expect(shown.last?.count == run.trials.count + 1)
    #expect(shown.last?.contains { $0.last == run.trials.compactMap(\.failure).first } == true)
    #expect(shown.last?.count { $0.last == "warm-up" } == 8 - 1)
  }

  @Test("every row of the page's table of laws names its model")
  func laws() throws {
    let run = pictureRun(cores: 16, rounds: 1)
    let laws = try #require(RunAnalysis(run).workloads.first?.lawSection?.table)
    #expect(laws.rows.contains { $0[0].isEmpty })
    let tables = try parseXML(Self.page([run])).all("table").map {
      $0.all("tr").map { $0.children.map(\.text) }
    }
    let shown = try #require(tables.first { $0.first == laws.columns.map(\.title) }).dropFirst()
    #expect(shown.count == laws.rows.count)
    #expect(
      shown.map(\.first)
        == laws.rows.indices.map { place in
          laws.rows[...place].last { !$0[0].isEmpty }?.first
        })
  }

  @Test("the page shows failures, then the verdict")
  func verdicts() throws {
    let run = syntheticRun
    let header = try #require(try parseXML(Self.page([run])).all("header").first)
    let lines = failureLines(RunAnalysis(run).failures) + answer(of: RunAnalysis(run), isBelowCard: true)
    let paragraphs = header.all("p").map(\.text)
    #expect(paragraphs.dropFirst().prefix(lines.count) == lines[...])
    // The card has said what more cores bring.
    #expect(!paragraphs.contains { $0.contains("Last doubling") || $0.contains("The greatest loss of") })
  }

  @Test("the card of a run of commands says what the last doubling brought each, with its name")
  func commands() throws {
    let header = try #require(try parseXML(Self.page([syntheticCommandRun])).all("header").first)
    let subjects = header.all("dt").map(\.text)
    #expect(subjects.prefix(2) == ["build: last doubling, 2 → 4 CPUs", "pack: last doubling, 2 → 4 CPUs"])
    let figures = GrowthAnswer.all(RunAnalysis(syntheticCommandRun)).map(\.figure)
    #expect(figures.prefix(2).map { $0.first } == ["+", "−"])
  }

  @Test("the page explains each picture of losses with sentences of its own machine")
  func losses() throws {
    let runs = [pictureRun(cores: 2), pictureRun(cores: 4, host: "bench-2")]
    let section = try #require(try parseXML(Self.page(runs)).all.first { $0.attributes["id"] == "losses" })
    let charts = try #require(section.children.last).children
    let tables = runs.flatMap { RunAnalysis($0).workloads }.filter { $0.lossSection != nil }
    #expect(charts.count == tables.count && tables.count > 1)
    for (chart, table) in zip(charts, tables) {
      #expect(chart.all("svg").count == 1 && chart.all("p").map(\.text) == table.lossSection?.lines)
    }
  }

  @Test("the page counts rounds like CSV and the sentences about outliers")
  func rounds() throws {
    let run = pictureRun(cores: 2)
    let root = try parseXML(Self.page([run]))
    let trials = try #require(root.all("table").last { $0.attributes["class"] == "sortable" })
    let column = try #require(trials.all("th").firstIndex { $0.text == "round" })
    let rounds = trials.all("tr").dropFirst().map { $0.children[column].text }
    #expect(rounds == run.trials.map { "\($0.round)" } && rounds.contains("0"))
    let names = MeasuredRun(run).configurations.map(\.middle).map { "round \($0.round)" }
    #expect(zip(root.all("option"), names).allSatisfy { $0.text.hasSuffix($1) })
  }

  @Test("every table has a caption and headings for its rows and columns")
  func headings() throws {
    let tables = try parseXML(Self.page([pictureRun(cores: 2), pictureRun(cores: 4)])).all("table")
    #expect(tables.count > 5)
    for table in tables {
      #expect(table.children.first?.name == "caption" && table.children.first?.text.isEmpty == false)
      let rows = table.all("tr")
      #expect(rows[0].children.dropFirst().allSatisfy { $0.attributes["scope"] == "col" })
      #expect(rows.dropFirst().allSatisfy { $0.children[0].attributes["scope"] == "row" })
      #expect(table.all("th").allSatisfy { $0.attributes["scope"] != nil })
    }
  }

  @Test("the page offers every configuration, with the fastest selected, and pictures of each")
  func choice() throws {
    let root = try parseXML(Self.page([pictureRun(cores: 4)]))
    let picker = try #require(root.all.first { $0.attributes["class"] == "picker" })
    let options = picker.all("option")
    let trials = picker.all.filter { $0.attributes["class"] == "trial" }
    #expect(options.count == pictureRun(cores: 4).plan.configurations.count && trials.count == options.count)
    #expect(trials.allSatisfy { $0.all("svg").count == 2 && $0.attributes["hidden"] == nil })
    let chosen = options.filter { $0.attributes["selected"] != nil }.map(\.text)
    let fastest = try #require(RunAnalysis(pictureRun(cores: 4)).fastest?.row.configuration)
    #expect(chosen.count == 1 && chosen[0].hasPrefix("sum \(fastest.model) \(fastest.workers) scalar"))
  }

  @Test("the page shows several machines side by side")
  func machines() throws {
    let runs = [
      pictureRun(cores: 2), pictureRun(cores: 4, host: "bench-2"), pictureRun(cores: 8, host: "bench-2"),
    ]
    let root = try parseXML(Self.page(runs))
    #expect(root.all("header").first?.all("div").count == 1 + 3)
    let rows = root.all.first { $0.attributes["class"] == "facts" }?.all("tr") ?? []
    #expect(rows.count > 5 && rows.allSatisfy { $0.children.count == 1 + 3 })
    #expect(
      rows.first { $0.children.first?.text == "host" }?.all("div").map(\.text) == [
        "bench-1", "bench-2", "bench-2",
      ])
    let titles = root.all("title").map(\.text)
    // The same host twice is told apart by the time.
    #expect(titles.contains { $0.hasPrefix("Speedup: ") && $0.hasSuffix("bench-2 \(runs[1].startedAt)") })
    #expect(titles.count { $0.hasPrefix("Throughput: ") } == 2)
  }

  private static let tame = Result {
    elements(in: try parseXML(page([hostileRun("tame"), hostileRun("tame")])))
  }

  private static func elements(in root: XMLNode) -> Set<[String]> {
    Set(root.all.map { [$0.name] + $0.attributes.keys.sorted() })
  }
}
