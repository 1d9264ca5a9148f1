import Foundation
import Records
import Testing

/// `scaleup plan --system` as a user calls it.
@Suite(.blocking) struct SystemTests {
  /// The example of the documentation.
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Benchmarks/Deployment/growth.json").path

  @Test(
    "the example grows from one box to ten million users, and each stage mends the bottleneck of the one before"
  )
  func example() throws {
    let program = try Program("scaleup")
    let outcome = try program.run(["plan", "--system", Self.example, "--json"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    let system = try #require(
      try JSONDecoder().decode(PlanRecord.self, from: Data(outcome.output.utf8)).system)
    let bottlenecks = [
      ("one box", "box"), ("database apart", "web"), ("second web server", "database"),
      ("cache and static files", "database"), ("read replicas", "web"), ("web scaled, sessions out", "web"),
      ("queue with workers", "database replicas"), ("shards", "database replicas"),
    ]
    #expect(system.stages.map(\.name) == bottlenecks.map(\.0))
    #expect(system.stages.map(\.bottleneck) == bottlenecks.map(\.1))
    for (stage, next) in zip(system.stages, system.stages.dropFirst()) {
      #expect(next.capacity > stage.capacity && next.rate > stage.rate && stage.utilization < 1)
    }
    let last = try #require(system.stages.last)
    #expect(abs(last.rate - 40_400) < 1e-6 && abs(last.reads - 39_996) < 1e-6)

    let folder = try Folder()
    let text = try program.run(
      ["plan", "--system", Self.example, "--svg", "pictures", "--html", "page.html"], in: folder)
    #expect(text.status == 0 && text.error.hasSuffix("wrote 2 pictures to pictures\n"))
    let page = folder.text("page.html") ?? ""
    #expect(
      page.contains("The bottleneck at shards is database replicas") && page.contains("what remedies give"))
    for words in [
      "stages of growth", "capacity of each tier", "what remedies give", "40,400/s",
      "by traffic, stage shards",
    ] {
      #expect(text.output.contains(words), "\(text.output)")
    }
    for name in ["throughput", "response"] {
      #expect(folder.text("pictures/\(name).svg")?.hasSuffix("</svg>\n") == true)
    }
    for (arguments, word) in [
      (["--rate", "5"], "stages with traffic of their own"), (["--demand", "8ms"], "--demand has no effect"),
    ] {
      let refused = try program.run(["plan", "--system", Self.example] + arguments)
      #expect(refused.status == 64 && refused.error.contains(word), "\(refused.error)")
    }
  }

  @Test("without stages, the traffic of the command line grows until each tier has been the bottleneck")
  func growing() throws {
    let folder = try Folder()
    try folder.write(
      """
      {"tiers":[{"name":"web","kind":"web","read":"5ms","write":"9ms"},
      {"name":"data","kind":"database","read":"1ms","write":"4ms"}]}
      """, to: "two.json")
    let program = try Program("scaleup")
    let outcome = try program.run(
      ["plan", "--system", "two.json", "--reads", "90/s", "--writes", "10/s", "--json"], in: folder)
    let system = try #require(
      try JSONDecoder().decode(PlanRecord.self, from: Data(outcome.output.utf8)).system)
    // 0.9 × 5 + 0.1 × 9 = 5.4 ms in the web tier, and 1.3 ms in the database: 50 % of it are 385/s.
    #expect(system.isProjected && system.stages.map(\.name) == ["×1", "×2", "×5"])
    #expect(system.stages.map(\.bottleneck) == ["web", "web", "web"])
    #expect(system.stages[0].changes.map(\.after) == [2] && system.stages[1].changes.map(\.after) == [3])
    #expect(system.stages[2].changes.map(\.tier) == ["web", "data"])
    let refused = try program.run(["plan", "--system", "two.json", "--rate", "100"], in: folder)
    #expect(refused.status == 64 && refused.error.contains("lacks 'readShare'"), "\(refused.error)")
  }
}
