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

  @Test(arguments: [
    (EMFILE, ["200 workers take 404 descriptors", "RLIMIT_NOFILE allows", "ulimit -n", "--workers"]),
    (EAGAIN, ["RLIMIT_NPROC", "ulimit -u", "pids.max", "--workers"]), (ENOMEM, ["; ask for fewer --workers"]),
  ])
  func `a shortage names the limit and the remedy`(code: Int32, phrases: [String]) {
    let refusal = SystemError(operation: "fork a worker", code: code)
    let text = WorkerShortage(workers: 200, refusal: refusal).description
    #expect(text.hasPrefix("\(refusal)"))
    for phrase in phrases { #expect(text.contains(phrase), "\(text)") }
  }
}
