import TestSupport
import Testing

@testable import Arguments

struct WorkerCountsTests {
  private func counts(_ text: String, cpus: Int = 6) -> [Int]? {
    WorkerCounts(text)?.counts(cpus: cpus)
  }

  private func remedy(_ text: String) -> String? {
    guard case .failure(let problem) = WorkerCounts.reader.read(text) else { return nil }
    return problem.remedy
  }

  @Test("counts and ranges keep their order and are taken once")
  func accepted() {
    #expect(counts("1,2,4") == [1, 2, 4])
    #expect(counts("4,1,4,1e0") == [4, 1])
    #expect(counts("1-4") == [1, 2, 3, 4])
    #expect(counts("1-8/2") == [1, 3, 5, 7])
    #expect(counts("1-64/2")?.count == 32)
    #expect(counts("2-8/3") == [2, 5, 8])
    #expect(counts("3-3,8,2-4") == [3, 8, 2, 4])
    #expect(counts("1-4/4096") == [1])
    #expect(counts("1-4096")?.count == 4096)
  }

  @Test("all is every number up to the CPUs, at least 1 and at most the greatest")
  func all() {
    #expect(counts("all") == [1, 2, 3, 4, 5, 6])
    #expect(counts("8,all", cpus: 2) == [8, 1, 2])
    #expect(counts("all", cpus: 0) == [1])
    #expect(counts("all", cpus: .max)?.last == 4096)
  }

  @Test(
    "anything else is refused with what is expected",
    arguments: [
      "", ",", "1,", "0", "4097", "0-4", "1-4097", "1-99999999999999999999", "8-1", "1-8/0", "1-8/", "1-8/-1",
      "4/2",
      "1-", "-4", "1--4", "1-2-3", "1-8/2/2", "ALL", "all/2", "1-all", "1..4", "1 - 4",
    ])
  func refused(word: String) {
    guard case .failure(let problem) = WorkerCounts.reader.read(word) else {
      Issue.record("'\(word)' was accepted")
      return
    }
    #expect(problem.word == word && problem.expected.contains("from 1 to 4096, ranges such as 1-8"))
    #expect(WorkerCounts(problem.remedy) != nil, "the remedy is acceptable")
  }

  @Test("the remedy for a reversed range is the range")
  func reversed() {
    #expect(remedy("8-1") == "1-8")
    #expect(remedy("2,64-1/2,8") == "2,1-64/2,8")
    #expect(remedy("9-0") == "1,2,4")
  }

  @Test("one number of workers may be all, which is none, but no range")
  func single() {
    let reader = SuiteOptions.workers(upTo: 8, default: "one per CPU").reader
    #expect(reader.read("4") == .success(4) && reader.read("all") == .success(nil))
    for word in ["1-4", "9", "0", "1,2", ""] {
      #expect(throws: ValueProblem.self) { try reader.read(word).get() }
    }
  }
}
