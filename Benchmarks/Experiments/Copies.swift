import ModelKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The program `scaleup-single`, started once per worker: each copy adds 0…N, independently of the others.
///
/// This is how programs without concurrency use a machine with several cores. The result is the sum over all copies.
enum Copies: Experiment {
  static let workload = Workload(
    name: "copies", summary: "start scaleup-single once per worker; each copy adds 0…N",
    work: .numbers([.variant("programs")]))

  /// A running copy.
  private struct Copy {
    let process: ChildProcess
    let output: Descriptor
    let begin: UInt64
  }

  static func run(_ job: Job) throws -> TrialRecord {
    guard let directory = File.executableDirectory() else {
      throw ExperimentError("cannot locate this executable (is /proc mounted?)")
    }
    reserveDescriptors(2 * job.workers)
    let (program, words) = ("\(directory)/scaleup-single", ["sum", "--upto", "\(job.last)", "--json"])
    let errors = try Pipe()
    let region = Region(job)
    // The copies that are not reaped yet, by worker.
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
    // Each copy has all of the numbers. The cores that the copies ran on are unknown.
    for position in record.shares?.indices ?? 0..<0 {
      record.shares?[position].range = nil
      record.shares?[position].core = nil
    }
    return record
  }

  /// Reads the output of the copies, and reaps each when it ends.
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
        let ended = try copy.process.reap()
        guard ended.status == .exited(0) else {
          throw ExperimentError("copy \(worker) of scaleup-single failed (try scaleup-single sum --upto 1e6)")
        }
        let record = try JSONDecoder().decode(TrialRecord.self, from: Data(texts[worker] ?? []))
        region.report(
          record.result.value, as: worker, from: copy.begin,
          cpuTime: ended.usage.userTime + ended.usage.systemTime)
      }
    }
  }
}
