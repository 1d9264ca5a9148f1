import FoundationEssentials
import ModelKit

/// The program `scaleup-single` started once a worker: every copy adds 0…N by itself, and knows of no other.
///
/// This is how any program without concurrency uses a machine with several cores: several of them run. The result is
/// that of all copies together.
enum Copies: Experiment {
  static let workload = Workload(
    name: "copies", summary: "start the program scaleup-single once a worker; every copy adds 0…N",
    work: .numbers([.variant("programs")]))

  /// A copy that was started.
  private struct Copy {
    let process: ChildProcess
    let output: Descriptor
    let begin: UInt64
  }

  static func run(_ job: Job) throws -> TrialRecord {
    guard let folder = File.executableDirectory() else {
      throw Refusal("the folder of this program cannot be told")
    }
    reserveDescriptors(2 * job.workers)
    let (program, words) = ("\(folder)/scaleup-single", ["sum", "--upto", "\(job.last)", "--json"])
    let errors = try Pipe()
    let region = Region(job)
    // Those that are not reaped yet, by worker.
    var copies: [Int: Copy] = [:]
    defer { copies.values.forEach { $0.process.kill() } }
    for worker in 0..<job.workers {
      let output = try Pipe()
      let begin = Clock.monotonic.now()
      copies[worker] = Copy(
        process: try ChildProcess.spawn(
          program, words, output: output.writer, error: errors.writer),
        output: output.reader, begin: begin)
    }
    try collect(&copies, into: region)
    var record = region.finish()
    // Every copy has all of the numbers, and none runs where this program does.
    for position in record.shares?.indices ?? 0..<0 {
      record.shares?[position].range = nil
      record.shares?[position].core = nil
    }
    return record
  }

  /// Takes what the copies print, in whatever order they end, and reaps them.
  private static func collect(_ copies: inout [Int: Copy], into region: Region) throws {
    var texts: [Int: [UInt8]] = [:]
    while !copies.isEmpty {
      let waiting = Array(copies)
      for position in try poll(waiting.map(\.value.output)) {
        let (worker, copy) = waiting[position]
        let piece = try copy.output.read(atMost: 1 << 16)
        texts[worker, default: []] += piece
        guard piece.isEmpty else { continue }
        copies[worker] = nil
        guard let ended = try copy.process.reap(), ended.status == .exited(0) else {
          throw Refusal("copy \(worker) of scaleup-single did not end well; try scaleup-single sum by itself")
        }
        let record = try JSONDecoder().decode(TrialRecord.self, from: Data(texts[worker] ?? []))
        region.report(
          record.result.value, as: worker, from: copy.begin,
          cpuTime: ended.usage.userTime + ended.usage.systemTime)
      }
    }
  }
}
