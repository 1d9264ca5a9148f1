import TestSupport
import Testing

@testable import Arguments

struct ListReaderTests {
  private let counts = Reader<Int>.count(in: 1...64, example: "4").list()
  private let models = Reader<String>.word(of: ["single", "fork", "dispatch"]).list()

  @Test("a list keeps its order and takes each value once")
  func accepted() {
    #expect(counts.read("1,2,4") == .success([1, 2, 4]))
    #expect(counts.read("4,1,4,1e0,2") == .success([4, 1, 2]))
    #expect(counts.read("7") == .success([7]))
    #expect(models.read("fork,single,fork") == .success(["fork", "single"]))
  }

  @Test(
    "a list with any other word is refused",
    arguments: ["", ",", "1,", ",1", "1,,2", "1, 2", "1;2", "0,1", "1,65"])
  func refused(word: String) {
    guard case .failure(let problem) = counts.read(word) else {
      Issue.record("'\(word)' was accepted")
      return
    }
    #expect(problem.word == word)
    #expect(problem.expected == "a whole number from 1 to 64, or several separated by commas")
  }

  @Test("a suggestion corrects the mistyped word in its place")
  func mended() {
    #expect(remedy(models, "fork,dispach") == "fork,dispatch")
    #expect(remedy(models, "singel,frok") == "single,fork")
    #expect(remedy(models, "fork,") == "fork")
    #expect(remedy(models, "fork,xyzzy") == "single")
  }

  @Test("the suggestion for a wrong list is itself valid")
  func remedies() {
    var generator = SplitMix64(seed: 24)
    let letters = ["f", "o", "r", "k", ",", ",", "single", "dispatch", "fork", "1", "é", "", " "]
    for _ in 0..<2000 {
      let length = Int.random(in: 0...6, using: &generator)
      let word = (0..<length).map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
      if let remedy = remedy(models, word) {
        #expect((try? models.read(remedy).get()) != nil, "'\(remedy)' is proposed for '\(word)'")
      }
      if let remedy = remedy(counts, word) {
        #expect((try? counts.read(remedy).get()) != nil, "'\(remedy)' is proposed for '\(word)'")
      }
    }
  }

  @Test("a word of a set is valid, and another is answered with the nearest")
  func words() {
    let reader = Reader<String>.word(of: ["sum", "stress"])
    #expect(reader.read("sum") == .success("sum"))
    let expected = "one of sum, stress"
    #expect(reader.read("Sum") == .failure(ValueProblem(word: "Sum", expected: expected, remedy: "sum")))
    #expect(
      reader.read("stres") == .failure(ValueProblem(word: "stres", expected: expected, remedy: "stress")))
    #expect(reader.read("") == .failure(ValueProblem(word: "", expected: expected, remedy: "sum")))
  }

  @Test("any text but an empty one is valid")
  func texts() {
    let reader = Reader<String>.text("a label", example: "lab")
    #expect(reader.read(" ") == .success(" "))
    #expect(reader.read("-x=,é") == .success("-x=,é"))
    #expect(reader.read("") == .failure(ValueProblem(word: "", expected: "a label", remedy: "lab")))
  }

  private func remedy<Value>(_ reader: Reader<Value>, _ word: String) -> String? {
    guard case .failure(let problem) = reader.read(word) else { return nil }
    return problem.remedy
  }
}
