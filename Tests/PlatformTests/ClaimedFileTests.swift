import CPlatform
import Testing

@testable import Platform

struct ClaimedFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  // In a process of its own: one that another test forks at that moment would keep the claim.
  @Test("a file has one claim at a time; replacements keep it, and it ends with its owner")
  func oneClaim() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = folder.file("a.json")
      try File.replace(path, with: "old".utf8)
      var first: ClaimedFile? = try ClaimedFile(path)
      for text in ["", "one", "two"] {
        if !text.isEmpty { try replace(first, text) }
        let refusal = #expect(throws: SystemError.self) { try ClaimedFile(path) }
        #expect(refusal?.isClaimed == true && refusal?.subject == path)
      }
      first = nil
      let second = try ClaimedFile(path)
      try replace(second, "three")
      #expect(try File.read(path, limit: 100) == "three")
      #expect(try folder.names() == ["a.json"])
    }
  }

  @Test("a new file is claimed once it is written")
  func newFile() throws {
    let path = folder.file("new.json")
    let file = try ClaimedFile(path)
    try replace(file, "new")
    #expect(throws: SystemError(operation: "claim", subject: path, code: EWOULDBLOCK)) {
      try ClaimedFile(path)
    }
  }

  @Test("a failed replacement keeps the old content and the claim")
  func failure() throws {
    let path = folder.file("a.json")
    try File.replace(path, with: "old".utf8)
    let file = try ClaimedFile(path)
    let full = SystemError(operation: "write", code: ENOSPC)
    #expect(throws: full) { try file.replace { (_) throws(SystemError) in throw full } }
    #expect(try File.read(path, limit: 100) == "old")
    #expect(throws: SystemError.self) { try ClaimedFile(path) }
  }

}

private func replace(_ file: ClaimedFile?, _ text: String) throws {
  try file?.replace { (draft) throws(SystemError) in try draft.write(Array(text.utf8)) }
}
