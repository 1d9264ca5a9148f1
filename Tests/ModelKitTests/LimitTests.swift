import Foundation
import ModelKit
import TestSupport
import Testing

/// Errors after a refusal of the system, which name the limit and the remedy.
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

  @Test("a sandbox that forbids threads is named")
  func forbidden() {
    let refusal = SystemError(operation: "create a thread", code: EPERM)
    let output = Models.many.run(["x", "sum", "--upto", "5"]) { _ in throw refusal }
    #expect(output.error == "scaleup-test: \(refusal); allow clone and clone3 in the sandbox (seccomp)\n")
  }

  #if os(Linux)
    @Test(
      "a program with a thread pool does not begin if the stacks of the pool do not fit, but describes itself",
      .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
    func pool() async {
      await #expect(processExitsWith: .success) {
        // Larger than the address space of a process.
        #expect(ThreadStack.setSize(1 << 50))
        LimitTests.expectRefusal()
        let program = ModelProgram(model: "test", summary: "", usesThreadPool: true)
        let output = await program.run(["x", "sum", "--upto", "5"]) { _ async throws in
          preconditionFailure("it began")
        }
        LimitTests.expectStackLimit(output)
      }
    }

    private static func expectRefusal() {
      let pooled = ModelProgram(model: "test", summary: "", usesThreadPool: true)
      expectStackLimit(pooled.run(["x", "sum", "--upto", "5"], Models.mustNotRun))
      #expect(pooled.run(["x", "--describe"], Models.mustNotRun).status == 0)
      let other = ModelProgram(model: "test", summary: "")
      #expect(other.run(["x", "sum", "--upto", "5", "--workers", "1"], Models.run).status == 0)
      let launched = ModelProgram(model: "test", summary: "", isLaunched: true, usesThreadPool: true)
      #expect(
        launched.run(["x", "sum", "--upto", "5"], Models.run).status == 0, "one thread per rank needs no pool"
      )
      expectStackLimit(
        launched.run(["x", "sum", "--upto", "5", "--threads-per-rank", "2"], Models.mustNotRun))
    }

    private static func expectStackLimit(_ output: ProgramOutput) {
      #expect(output.status == 1 && output.output == "")
      let reason = "cannot create a thread with a stack of 1099511627776 KiB: "
      #expect(output.error.hasPrefix("scaleup-test: \(reason)"), "\(output.error)")
      #expect(output.error.contains("; lower the stack size (ulimit -s), "), "\(output.error)")
      #expect(output.error.split(separator: "\n").count == 1)
    }
  #endif
}
