import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

@Suite struct WorkerLossTests {
  @Test(
    "a loss names worker, process, cause and remedy",
    arguments: [
      (
        .ended(.signaled(SIGKILL)),
        "was killed by SIGKILL; no retries left (--retries 3; if out of memory, use fewer --workers)"
      ),
      (
        .ended(.signaled(SIGTERM)),
        "was killed by SIGTERM; no retries left (--retries 3; try a larger number)"
      ),
      (
        .ended(.exited(3)),
        "exited with status 3; no retries left (--retries 3; try a larger number)"
      ),
      (
        .silent(1_500_000_000),
        "did not report for 1.500 s and was killed; no retries left (--retries 3; if its work takes longer, raise --timeout)"
      ),
      (
        .malformed,
        "sent a malformed report and was killed; no retries left (--retries 3; try a larger number)"
      ),
    ] as [(WorkerLoss.Cause, String)])
  func message(cause: WorkerLoss.Cause, text: String) {
    let loss = WorkerLoss(worker: 2, process: 4711, cause: cause, retries: 3, cpuTimeLimit: nil)
    #expect(loss.description == "worker 2 (pid 4711) \(text)")
  }

  @Test("a killed worker's remedy is the limit on CPU time, if there is one", arguments: [SIGKILL, SIGXCPU])
  func cpuTimeLimit(signal: Int32) {
    let loss = WorkerLoss(
      worker: 2, process: 4711, cause: .ended(.signaled(signal)), retries: 3, cpuTimeLimit: 20)
    #expect(loss.description.hasSuffix("(--retries 3; if it used its 20 s of CPU time, raise ulimit -t)"))
  }

  @Test("the causes in saved records keep their wording")
  func recordedCauses() {
    let causes: [WorkerLoss.Cause] = [
      .ended(.signaled(SIGKILL)), .ended(.exited(3)), .ended(nil), .silent(1_500_000_000), .malformed,
    ]
    #expect(
      causes.map(\.description) == [
        "was killed by SIGKILL", "exited with status 3", "ended",
        "did not report for 1.500 s and was killed", "sent a malformed report and was killed",
      ])
  }

  @Test("a shortage of descriptors names the need, the limit and the remedy")
  func descriptorShortage() throws {
    let refusal = SystemError(operation: "create a pipe", code: EMFILE)
    let text = try #require(DescriptorShortage(refusal, workers: 200)).description
    #expect(text.hasPrefix("\(refusal): 200 workers need 402 descriptors (limit: "))
    #expect(text.hasSuffix("; raise it with ulimit -n, or use fewer --workers)"))
  }

  @Test("another error is no shortage of descriptors")
  func otherError() {
    #expect(DescriptorShortage(SystemError(operation: "fork", code: EAGAIN), workers: 2) == nil)
    let loss = WorkerLoss(worker: 0, process: 1, cause: .malformed, retries: 0)
    #expect(DescriptorShortage(loss, workers: 2) == nil)
  }
}
