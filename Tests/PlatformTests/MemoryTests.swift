import CPlatform
import Testing

@testable import Platform

struct MemoryTests {
  @Test("more memory than there can be is an error, and a little is none")
  func probe() throws {
    let bytes = 1 << 60
    #expect(throws: SystemError(operation: "allocate \(bytes) bytes", code: ENOMEM)) {
      try Memory.probe(bytes)
    }
    try Memory.probe(1 << 16)
  }
}
