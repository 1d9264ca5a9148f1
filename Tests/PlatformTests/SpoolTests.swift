import CPlatform
import TestSupport
import Testing

@testable import Platform

struct SpoolTests {
  @Test(
    "appended bytes are read whole and in order, any number of times", arguments: [true, false])
  func appending(inMemory: Bool) throws {
    let folder = try TemporaryFolder()
    let spool = try Spool(in: inMemory ? nil : folder.file("."))
    var generator = SplitMix64(seed: 91)
    var all: [UInt8] = []
    #expect(spool.isEmpty)
    for count in [0, 1, 5, 70_000, 3, 200_000] {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      try spool.append(bytes)
      all += bytes
      for _ in 0..<2 {
        var read: [UInt8] = []
        try spool.read { (piece) throws(SystemError) in read += piece }
        #expect(read == all)
      }
    }
    #expect(!spool.isEmpty)
    #expect(try folder.names() == [])
  }

  @Test("a spool needs an existing directory, and does not write through a symbolic link")
  func places() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SystemError.self) { try Spool(in: folder.file("none")) }
    try folder.write("victim", "precious")
    symlink(folder.file("victim"), folder.file(".scaleup.\(getpid()).spool"))
    let spool = try Spool(in: folder.file("."))
    try spool.append([1, 2, 3])
    #expect(try File.read(folder.file("victim"), limit: 100) == "precious")
  }
}
