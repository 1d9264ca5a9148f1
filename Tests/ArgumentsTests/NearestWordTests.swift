import TestSupport
import Testing

@testable import Arguments

struct NearestWordTests {
  private let known = ["upto", "workers", "seconds", "load", "json", "help"]

  @Test("a mistyped word finds the intended word")
  func near() {
    let pairs = [
      ("uptp", "upto"), ("uto", "upto"), ("worker", "workers"), ("wrokers", "workers"),
      ("SECONDS", "seconds"),
      ("secs", nil), ("laod", "load"), ("jsonn", "json"), ("hlep", "help"), ("upto", "upto"),
    ]
    for (word, nearest) in pairs {
      #expect(nearestWord(to: word, among: known) == nearest, "\(word)")
    }
  }

  @Test("a word that resembles none finds none", arguments: ["", "x", "zzzzzz", "threads", "🚀"])
  func far(word: String) {
    #expect(nearestWord(to: word, among: known) == nil)
  }

  @Test("the first of equally near words wins, and an empty list has none")
  func ties() {
    #expect(nearestWord(to: "bat", among: ["cat", "hat"]) == "cat")
    #expect(nearestWord(to: "bat", among: []) == nil)
  }

  @Test("a very long word is never near")
  func longWord() {
    #expect(nearestWord(to: String(repeating: "upto", count: 20_000), among: known) == nil)
  }

  @Test("edit distances match known ones")
  func knownDistances() {
    let known = [
      ("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
      ("abcd", "acbd", 1), ("ca", "abc", 3), ("é", "e\u{301}", 0), ("flaw", "lawn", 2),
    ]
    for (first, second, distance) in known {
      #expect(editDistance(first, second) == distance, "\(first) and \(second)")
    }
  }

  @Test("the distance is symmetric, zero only between equal words, and at most the longer length")
  func randomDistances() {
    var generator = SplitMix64(seed: 25)
    for _ in 0..<500 {
      let (first, second) = (word(&generator), word(&generator))
      let distance = editDistance(first, second)
      #expect(distance == editDistance(second, first))
      #expect((distance == 0) == (first == second))
      #expect(distance >= abs(first.count - second.count))
      #expect(distance <= max(first.count, second.count))
    }
  }

  @Test("a single slip is a distance of one")
  func slips() {
    var generator = SplitMix64(seed: 26)
    for _ in 0..<300 {
      let word = Array("workers" + word(&generator))
      let place = Int.random(in: 0..<word.count - 1, using: &generator)
      var (missing, doubled, changed, swapped) = (word, word, word, word)
      missing.remove(at: place)
      doubled.insert("x", at: place)
      changed[place] = "?"
      swapped.swapAt(place, place + 1)
      for slip in [missing, doubled, changed] {
        #expect(editDistance(String(word), String(slip)) == 1)
      }
      #expect(editDistance(String(word), String(swapped)) == (word[place] == word[place + 1] ? 0 : 1))
    }
  }

  private func word(_ generator: inout SplitMix64) -> String {
    let length = Int.random(in: 0...7, using: &generator)
    return String((0..<length).map { _ in "abc".randomElement(using: &generator) ?? "a" })
  }
}
