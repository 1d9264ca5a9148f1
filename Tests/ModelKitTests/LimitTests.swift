import Foundation
import ModelKit
import Testing

/// What the system refuses is told with the limit and the remedy.
struct LimitTests {
  @Test(
    "a limit on threads is named, with the remedy",
    arguments: [(EAGAIN, "RLIMIT_NPROC (ulimit -u)"), (ENOMEM, "the memory limit (ulimit -v)")])
  func remedies(code: Int32, limit: String) {
    let refusal = SystemError(operation: "create a thread", code: code)
    let output = Models.many.run(["x", "sum", "--upto", "5"]) { _ in throw refusal }
    #expect(output.status == 1 && output.output == "")
    #expect(output.error.hasPrefix("scaleup-test: \(refusal); raise \(limit)"))
    #expect(output.error.hasSuffix(" or use fewer --workers\n"))
  }

  @Test("another system error is reported unchanged")
  func others() {
    let refusal = SystemError(operation: "read", code: EIO)
    let output = Models.many.run(["x", "sum", "--upto", "5"]) { _ in throw refusal }
    #expect(output.error == "scaleup-test: \(refusal)\n")
  }

  @Test("there is no shortage if threads can be created")
  func pool() {
    #expect(Models.many.threadShortage() == nil)
  }
}
