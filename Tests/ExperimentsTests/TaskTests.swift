import ModelKit
import Testing

@testable import Experiments

/// Work in child tasks: trees and items.
struct TaskTests {
  @Test(
    "every number of the tree is added exactly once, whoever goes through it",
    arguments: ["alone", "tasks", "halves"],
    [1, 2, 3, 5, 40])
  func tree(kernel: String, workers: Int) async throws {
    for upTo in [0, 1, 19, 20, 21, 10_007, 250_000] as [UInt64] {
      #expect(try await run(Tree.self, kernel, upTo, workers: workers).result.value == sum(upTo))
    }
  }

  @Test("a node and its children have all numbers of the node, the large child three quarters of the rest")
  func node() throws {
    for (count, least) in [(21, 20), (1000, 20), (100_003, 100)] as [(UInt64, UInt64)] {
      let node = Tree.Node(5..<5 + count, least: least)
      let (large, small) = try #require(node.children)
      #expect(node.own == 5..<5 + count / 20)
      #expect(large.lowerBound == node.own.upperBound && small.lowerBound == large.upperBound)
      #expect(small.upperBound == 5 + count && UInt64(large.count) == (count - count / 20) / 4 * 3)
      #expect(!small.isEmpty)
    }
    let leaf = Tree.Node(5..<25, least: 20)
    #expect(leaf.own == 5..<25 && leaf.children == nil)
  }

  @Test("the longest path has the nodes of the larger child at every level")
  func path() async throws {
    var (numbers, total) = (UInt64(0)..<100_000, UInt128(0))
    while true {
      let node = Tree.Node(numbers, least: 100)
      total += node.own.reduce(UInt128(0)) { $0 + UInt128($1) }
      guard let (large, small) = node.children else { break }
      #expect(large.count >= small.count)
      numbers = large
    }
    #expect(try await run(Tree.self, "path", 99_999, workers: 1).result.value == total)
  }

  @Test("half of the workers of a node go to each child, and each worker reports its share")
  func halves() async throws {
    let shares = try #require(try await run(Tree.self, "halves", 99_999, workers: 2).shares)
    let (large, small) = try #require(Tree.Node(0..<100_000, least: 100).children)
    let other = small.reduce(UInt128(0)) { $0 + UInt128($1) }
    #expect(shares.map(\.result.value) == [sum(large.upperBound - 1), other])
    let all = try #require(try await run(Tree.self, "halves", 99_999, workers: 7).shares)
    #expect(all.allSatisfy { $0.result.value > 0 && $0.range == nil })
  }

  @Test(
    "every item is computed once, however the items are divided",
    arguments: ["loop", "item", "thousand", "worker"],
    [1, 3, 40])
  func items(kernel: String, workers: Int) async throws {
    for upTo in [0, 1, 999, 1000, 2_500] as [UInt64] {
      #expect(try await run(Items.self, kernel, upTo, workers: workers).result.value == sum(upTo))
    }
  }
}
