import Testing

@testable import Platform

struct FileTreeTests {
  @Test("texts, lines and numbers are read below the root")
  func reading() throws {
    let folder = try TemporaryFolder()
    let tree = try FileTree.recorded(
      ["proc/a": " first \t\nsecond\n", "sys/n": "42\n", "sys/negative": "-1\n"], in: folder)
    #expect(tree.text("proc/a") == " first \t\nsecond\n")
    #expect(tree.line("proc/a") == "first")
    #expect(tree.number("sys/n") == 42)
    #expect(tree.number("sys/negative") == -1)
    #expect(FileTree(root: folder.path + "/").number("sys/n") == 42)
  }

  @Test("missing, empty and malformed files give nil")
  func missing() throws {
    let folder = try TemporaryFolder()
    let tree = try FileTree.recorded(
      ["empty": "", "blank": " \n", "word": "x\n", "large": "9223372036854775808\n", "mixed": "1 2\n"],
      in: folder)
    #expect(tree.text("none") == nil)
    #expect(tree.text("") == nil)
    #expect(tree.text("empty") == "")
    for name in ["none", "empty", "blank"] { #expect(tree.line(name) == nil) }
    for name in ["none", "empty", "blank", "word", "large", "mixed"] { #expect(tree.number(name) == nil) }
  }

  @Test("a file of implausible size counts as missing")
  func tooLarge() throws {
    let folder = try TemporaryFolder()
    let tree = try FileTree.recorded(["huge": String(repeating: "1", count: (1 << 22) + 1)], in: folder)
    #expect(tree.text("huge") == nil)
  }

  @Test("trimming removes white space at both ends only")
  func trimming() {
    for (text, trimmed) in [("", ""), (" ", ""), (" \t\n ", ""), ("a", "a"), ("\ta b\n", "a b")] {
      #expect(text.trimmingSpaces() == trimmed)
    }
  }
}
