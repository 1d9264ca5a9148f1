import Foundation
import ModelKit
import Testing

/// What the system refuses is told with the limit and the remedy.
struct LimitTests {
  @Test(
    "A limit is named, with what to do",
    arguments: [(EAGAIN, "RLIMIT_NPROC (ulimit -u)"), (ENOMEM, "the memory limit (ulimit -v)")])
  func remedies(code: Int32, limit: String) {
    let refusal = SystemError(operation: "create a thread", code: code)
    let output = Models.many.run(["x", "sum", "--upto", "5"]) { _ in throw refusal }
    #expect(output.status == 1 && output.output == "")
    #expect(output.error.hasPrefix("scaleup-test: \(refusal); raise \(limit)"))
    #expect(output.error.hasSuffix(" or use fewer --workers\n"))
  }

  @Test("Another refusal is told as it is")
  func others() {
    let refusal = SystemError(operation: "read", code: EIO)
    let output = Models.many.run(["x", "sum", "--upto", "5"]) { _ in throw refusal }
    #expect(output.error == "scaleup-test: \(refusal)\n")
  }

  @Test("Where threads can be had there is no shortage to tell")
  func pool() {
    #expect(Models.many.threadShortage() == nil)
  }
}
