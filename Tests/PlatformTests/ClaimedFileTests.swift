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
      var first: ClaimedFile? = try .claim(path)
      for text in ["", "one", "two"] {
        if !text.isEmpty { try replace(first, text) }
        let refusal = #expect(throws: SystemError.self) { try ClaimedFile.claim(path) }
        #expect(refusal?.isClaimed == true && refusal?.subject == path)
      }
      first = nil
      let second = try ClaimedFile(existing: path)
      try replace(second, "three")
      #expect(try File.read(path, limit: 100) == "three")
      #expect(try folder.names() == ["a.json"])
    }
  }

  @Test("a new file is claimed before it is written")
  func newFile() throws {
    let path = folder.file("new.json")
    let file = try ClaimedFile.claim(path)
    #expect(file.path == path && File.exists(path) && !File.hasContent(path))
    let refusal = SystemError(operation: "claim", subject: path, code: EWOULDBLOCK)
    #expect(throws: refusal) { try ClaimedFile.claim(path) }
    #expect(throws: SystemError(operation: "create", subject: path, code: EEXIST)) {
      try ClaimedFile(creating: path)
    }
    try replace(file, "new")
    #expect(throws: refusal) { try ClaimedFile.claim(path) }
  }

  @Test("a new file that was not written is removed, and one that existed stays")
  func removal() throws {
    let (old, new) = (try folder.write("old", ""), folder.file("new"))
    for _ in 0..<2 { for path in [old, new] { _ = try ClaimedFile.claim(path) } }
    #expect(try folder.names() == ["old"])
    #expect(throws: SystemError(operation: "open", subject: new, code: ENOENT)) {
      try ClaimedFile(existing: new)
    }
    #expect(try folder.names() == ["old"])
  }

  @Test("a refused claim removes nothing, and a claim removes no file of another")
  func foreignFile() throws {
    let path = folder.file("a.json")
    var first: ClaimedFile? = try ClaimedFile.claim(path)
    #expect(throws: SystemError.self) { try ClaimedFile.claim(path) }
    #expect(File.exists(path))
    unlink(path)
    try File.replace(path, with: "foreign".utf8)
    first = nil
    #expect(try File.read(path, limit: 100) == "foreign" && first == nil)
  }

  @Test("a symbolic link is not claimed; its target is")
  func links() throws {
    let target = try folder.write("run.json", "old")
    symlink("run.json", folder.file("latest"))
    symlink("missing", folder.file("dangling"))
    for link in ["latest", "dangling"] {
      #expect(throws: SystemError(operation: "open", subject: folder.file(link), code: ELOOP)) {
        try ClaimedFile.claim(folder.file(link))
      }
    }
    let file = try ClaimedFile.claim(File.target(of: folder.file("latest")))
    #expect(throws: SystemError.self) { try ClaimedFile.claim(target) }
    try replace(file, "new")
    #expect(try File.read(target, limit: 100) == "new")
    #expect(!File.hasContent(folder.file("latest")) && File.isSame(folder.file("latest"), target))
    #expect(try folder.names() == ["dangling", "latest", "run.json"])
  }

  @Test("a failed replacement keeps the old content and the claim")
  func failure() throws {
    let path = folder.file("a.json")
    try File.replace(path, with: "old".utf8)
    let file = try ClaimedFile.claim(path)
    let full = SystemError(operation: "write", code: ENOSPC)
    #expect(throws: full) { try file.replace(isSynced: true) { (_) throws(SystemError) in throw full } }
    #expect(try File.read(path, limit: 100) == "old")
    #expect(throws: SystemError.self) { try ClaimedFile.claim(path) }
  }
}

private func replace(_ file: ClaimedFile?, _ text: String) throws {
  try file?.replace(isSynced: false) { (draft) throws(SystemError) in try draft.write(Array(text.utf8)) }
}
