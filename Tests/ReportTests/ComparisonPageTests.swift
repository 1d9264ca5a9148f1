import Analysis
import Foundation
import Records
import Testing

@testable import Report

/// The page of two machines: what the other one gains, and for how much money.
struct ComparisonPageTests {
  /// A run with 2 CPUs, and one with 16 that was made from it.
  private static func page(prices: [Double?] = [0.34, 1.2]) throws -> (
    text: String, comparison: ComparisonRecord
  ) {
    let runs = [try referenceRun(), try madeRun(cpus: 16, physicalCores: 16)]
    let described = zip(["A", "B"], runs).enumerated().map { position, run in
      ComparisonRecord.Run(run.1, name: run.0, price: prices[position])
    }
    let comparison = ComparisonRecord(runs.map { [$0] }, described)
    let json = try runs.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    return (htmlReport(of: Array(zip(runs, json)), comparison: comparison), comparison)
  }

  /// `SCALEUP_PAGES=DIRECTORY swift test` writes the page there, for a person to look at.
  @Test(
    "the page of two machines begins with the gain, the work for money and the price at which both are equal")
  func card() throws {
    let (page, comparison) = try Self.page()
    if let directory = ProcessInfo.processInfo.environment["SCALEUP_PAGES"] {
      try page.write(toFile: "\(directory)/both.html", atomically: true, encoding: .utf8)
    }
    let root = try parseXML(page)
    let card = try #require(root.all("header").first?.all("dl").first)
    #expect(card.all("dt").map(\.text).contains("Work for the same money"))
    #expect(card.all("b").contains { $0.text.hasSuffix(" more") || $0.text.hasSuffix(" less") })
    #expect(card.all("small").contains { $0.text == "per hour of B" })
    let section = try #require(root.all.first { $0.attributes["id"] == "comparison" })
    #expect(section.all("svg").count == comparison.gainDrawings.count && section.all("svg").count >= 1)
    // Both machines are named in the card and in their own answers.
    #expect(root.all("title").contains { $0.text.hasPrefix("Throughput with every core: sum") })
  }

  @Test("without prices the card says up to which price the other machine is worth it")
  func worth() throws {
    let card = try #require(
      try parseXML(Self.page(prices: [nil, nil]).text).all("header").first?.all("dl").first)
    #expect(card.all("dt").map(\.text).contains("Worth up to"))
    #expect(!card.all("dt").map(\.text).contains("Work for the same money"))
  }

  @Test("the price at which both are equal gives as much work for the same money")
  func equalPrice() throws {
    let gain = try #require(syntheticComparison().leadingGains.first)
    let price = try #require(GainAnswer(gain, in: syntheticComparison()).equalPrice)
    let equal = try #require(syntheticComparison(prices: [0.34, price]).leadingGains.first)
    #expect(
      GainAnswer(equal, in: syntheticComparison(prices: [0.34, price])).moneyChange == "as much")
  }

  @Test("rows that say the same are folded into one, and others are kept")
  func folding() {
    var comparison = syntheticComparison()
    let first = comparison.gains[0]
    func gain(_ model: String, _ value: Double) -> ComparisonRecord.Gain {
      var gain = first
      gain.configuration.model = model
      gain.gain = .init(value: value, lower: value - 0.1, upper: value + 0.1)
      return gain
    }
    comparison.gains = [gain("fork", 2), gain("threads", 2.05), gain("dispatch", 1.95)]
    let folded = comparison.folded.gains
    #expect(folded.map(\.configuration.model) == ["all 3 models"])
    #expect(folded[0].gain.text == "2.000 (1.850–2.150)")
    comparison.gains = [gain("fork", 2), gain("threads", 3)]
    #expect(comparison.folded.gains == comparison.gains)
  }
}
