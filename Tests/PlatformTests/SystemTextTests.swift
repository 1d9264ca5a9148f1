import CPlatform
import TestSupport
import Testing

@testable import Platform

struct SystemTextTests {
  @Test("any bytes survive the way through text, and different bytes are different texts")
  func roundTrip() {
    var generator = SplitMix64(seed: 7)
    var texts: [String: [UInt8]] = [:]
    for _ in 0..<2000 {
      let count = Int.random(in: 0...6, using: &generator)
      var bytes = (0..<count).map { _ in UInt8.random(in: 1...255, using: &generator) }
      if Bool.random(using: &generator) { bytes += Array("é\u{10F7E9}".utf8) }
      let text = String(systemBytes: bytes)
      #expect(text.systemBytes == bytes)
      #expect(texts.updateValue(bytes, forKey: text) ?? bytes == bytes)
    }
  }

  @Test("UTF-8 stays as it is, and every other byte becomes a private-use character")
  func standIns() {
    for text in ["", "run.json", "löp 測定 🏁", "e\u{301}"] { #expect(String(systemBytes: text.utf8) == text) }
    #expect(String(systemBytes: Array("r".utf8) + [0xE9] + Array(".json".utf8)) == "r\u{10F7E9}.json")
    let surrogate = "\u{10F7ED}\u{10F7A0}\u{10F780}"
    #expect(String(systemBytes: [0xC3, 0x28, 0xED, 0xA0, 0x80]) == "\u{10F7C3}(" + surrogate)
    // A name may already have such a character; its four bytes stand for themselves.
    #expect(String(systemBytes: "\u{10F7E9}".utf8).unicodeScalars.count == 4)
  }

  @Test("files whose names are not UTF-8 are written, listed and read apart")
  func files() throws {
    let folder = try TemporaryFolder()
    let names = ([0xE9, 0xEA] as [UInt8]).map { String(systemBytes: [UInt8(ascii: "r"), $0]) }
    for name in names { try File.replace(folder.file(name), with: name.systemBytes) }
    #expect(try folder.names() == names)
    for name in names { #expect(File.exists(folder.file(name))) }
    let directory = folder.file(names[0] + ".d")
    try File.createDirectory(directory)
    let spool = try Spool(in: directory)
    try spool.append([1])
    try File.replace("\(directory)/run", with: [2])
    #expect(try File.names(in: directory) == ["run"])
  }

  @Test("a child gets arguments as bytes, and this process its own")
  func arguments() throws {
    let pipe = try Pipe()
    let word = String(systemBytes: [0x63, 0xE9, 0xC3, 0xA9])
    let child = try ChildProcess.spawn("/bin/echo", [word], output: pipe.writer, error: pipe.writer)
    #expect(try child.reap().status == .exited(0))
    #expect(try pipe.reader.read(atMost: 100) == word.systemBytes + [10])
    #expect(ThisProcess.arguments.count == CommandLine.arguments.count - 1)
    #expect(ThisProcess.environment("PATH") != nil && ThisProcess.environment("NO SUCH NAME") == nil)
  }
}
