import Foundation
import TestSupport
import Testing

@testable import Harness

struct ShellWordsTests {
  @Test(
    "words end at spaces outside quotes, and quotes and backslashes keep what they should",
    arguments: [
      ("", []), ("  \t\n", []), ("a  b\tc\nd", ["a", "b", "c", "d"]), (#"a\ b c\\d"#, ["a b", #"c\d"#]),
      (#"'a b'"c d"e"#, ["a bc de"]), (#""" ''"#, ["", ""]), (#"'\n' "\n\$\`\"\\""#, [#"\n"#, #"\n$`"\"#]),
      (##"# $HOME * ~ {workers}"##, ["#", "$HOME", "*", "~", "{workers}"]), ("a\\\nb", ["ab"]),
      (#"a\"#, [#"a\"#]),
      ("-Dname=\"x;y\" 'a|b' \\&", ["-Dname=x;y", "a|b", "&"]), ("é\u{301}'字 字'", ["é\u{301}字 字"]),
    ])
  func words(line: String, words: [String]) throws {
    #expect(try shellWords(line) == words)
  }

  @Test("a quote that is not closed is an error", arguments: ["'", "a 'b", #""a\""#, #"a "b 'c'"#])
  func openQuotes(line: String) {
    #expect { try shellWords(line) } throws: { error in
      guard case ShellWordsError.openQuote = error else { return false }
      return true
    }
  }

  @Test(
    "an operator of the shell outside quotes is an error",
    arguments: ["a|b", "a && b", "a; b", "a >b", "<a", "(a)"])
  func operators(line: String) {
    #expect { try shellWords(line) } throws: { error in
      guard case ShellWordsError.shellOperator = error else { return false }
      return true
    }
  }

  @Test("the shell splits random command lines into the same words")
  func oracle() throws {
    var generator = SplitMix64(seed: 7)
    let letters = ["a", "b", " ", " ", "'", "\"", "\\", "\t", "=", "{", "-"]
    var script = ""
    var expected: [String] = []
    for _ in 0..<2000 {
      let line = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? ""
      }.joined()
      // A backslash at the end of a line would join it with the next line of the script.
      guard !line.hasSuffix("\\"), let words = try? shellWords(line) else { continue }
      script += "set -- \(line)\nprintf '%s\\n' $#\nfor word; do printf '<%s>\\n' \"$word\"; done\n"
      expected += ["\(words.count)"] + words.map { "<\($0)>" }
    }
    let (process, input, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    Thread.detachNewThread { [script] in
      try? input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
      try? input.fileHandleForWriting.close()
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(expected.count > 1000)
    #expect(text.split(separator: "\n").map(String.init) == expected)
  }
}
