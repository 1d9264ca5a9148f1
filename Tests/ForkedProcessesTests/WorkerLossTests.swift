import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

@Suite struct WorkerLossTests {
  @Test func `a loss names worker, process, what became of it, and the remedy`() {
    let loss = WorkerLoss(worker: 2, process: 4711, cause: .ended(.signaled(9)), retries: 3)
    #expect(
      loss.description
        == "worker 2 (pid 4711) was ended by signal 9 (Killed) before it had reported, and --retries 3 allows no "
        + "more to be replaced; if memory ran out, ask for fewer --workers; otherwise raise --retries")
    let silent = WorkerLoss(worker: 0, process: 1, cause: .silent(1_500_000_000), retries: 0)
    #expect(silent.description.contains("did not report for 1.500 s and was killed before"))
    #expect(silent.description.contains("raise --timeout"))
  }

  @Test func `a shortage of descriptors names the limit, how many it takes, and the remedy`() {
    let refusal = SystemError(operation: "create a pipe", code: EMFILE)
    let text = DescriptorShortage(workers: 200, refusal: refusal).description
    #expect(text.hasPrefix("\(refusal): 200 workers take 402 descriptors, and RLIMIT_NOFILE allows "))
    #expect(text.hasSuffix(" in all; raise it (ulimit -n), or ask for fewer --workers"))
  }
}
