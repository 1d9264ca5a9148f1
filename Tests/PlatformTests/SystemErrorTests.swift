import CPlatform
import Testing

@testable import Platform

struct SystemErrorTests {
  @Test("an error has the operation, its subject and the reason")
  func descriptions() {
    #expect(
      "\(SystemError(operation: "open", subject: "a/b", code: ENOENT))"
        == "cannot open a/b: No such file or directory (errno 2)")
    #expect(
      "\(SystemError(operation: "create a pipe", code: EACCES))"
        == "cannot create a pipe: Permission denied (errno 13)")
  }

  @Test("an errno without a name is given by its number")
  func unknownCode() {
    #expect("\(SystemError(operation: "try", code: 99_999))".hasSuffix("(errno 99999)"))
  }

  @Test("the current core is one of the machine's")
  func currentCore() throws {
    #if os(Linux)
      let core = try #require(Processor.currentCore())
      #expect((0..<1 << 20).contains(core))
    #else
      #expect(Processor.currentCore() == nil)
    #endif
  }
}
