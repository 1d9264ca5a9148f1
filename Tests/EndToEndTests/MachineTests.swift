import Foundation
import Platform
import Records
import TestSupport
import Testing

#if os(Linux)
  /// `scaleup machine` and a run, under limits of the real kernel.
  @Suite(.blocking) struct MachineTests {
    private func machine(_ program: Program, _ arguments: [String]) throws -> MachineRecord {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output.hasSuffix("}\n") && outcome.error == "")
      return try JSONDecoder().decode(MachineRecord.self, from: Data(outcome.output.utf8))
    }

    private static let taskset = File.executable("taskset", searchPath: "/usr/bin:/bin")
    private static let isAllowedCore0 = AllowedCPUs.read()?.contains(0) ?? false

    @Test("scaleup machine prints a record or readable lines")

    func scaleupMachine() throws {
      let record = try machine(Program("scaleup"), ["machine", "--json"])
      #expect(record.passport.effectiveCPUs >= 1 && record.passport.taskPoolWidth != nil)
      #expect(record.passport.warnings != nil && record.passport.load?.busyCores != nil)
      let text = try Program("scaleup").run(["machine"]).output
      for word in ["limited by", "task pool", "load"] { #expect(text.contains("\n\(word) ")) }
    }

    @Test(
      "taskset leaves one effective CPU, and affinity is the binding limit",
      .enabled(if: taskset != nil && isAllowedCore0, "needs taskset, and core 0"))
    func tasksetLeaves() throws {
      let scaleup = try Program("scaleup").path
      let program = Program(path: Self.taskset ?? "")
      let passport = try machine(program, ["-c", "0", scaleup, "machine", "--json"]).passport
      #expect(passport.affinityCPUs == 1 && passport.effectiveCPUs == 1 && passport.taskPoolWidth == 1)
      if passport.onlineCPUs > 1 {
        let limits = try #require(passport.bindingLimits)
        #expect(limits.contains("affinity") || limits.contains("cpuset") || limits.contains("quota"))
        #expect(passport.warnings?.contains { $0.contains("1 of \(passport.onlineCPUs) CPUs") } == true)
      }
    }

    @Test(
      "a quota of half a CPU gives a warning, and throttling is recorded",
      .enabled(if: HalfCPUGroup() != nil, "needs root, and a control group hierarchy that can be written"))
    func quotaHalf()
      throws
    {
      let group = try #require(HalfCPUGroup())
      let (scaleup, folder) = (try Program("scaleup").path, try Folder())
      let run =
        "'\(scaleup)' run --workload stress --model fork --workers 1 --seconds 0.5 --trials 1 --warmup 0 "
        + "--output run.json"
      let outcome = try Program(path: "/bin/sh").run(
        ["-c", "echo $$ > \(group.processes) && '\(scaleup)' machine --json && \(run) >&2"], in: folder)
      try #require(outcome.status == 0, "\(outcome.error)")
      let record = try JSONDecoder().decode(MachineRecord.self, from: Data(outcome.output.utf8))
      #expect(record.passport.quotaCPUs == 0.5 && record.passport.effectiveCPUs == 1)
      #expect(record.passport.bindingLimits == ["quota"] && record.passport.quotas?.last?.cpus == 0.5)
      #expect(outcome.error.contains("warning: a CPU quota limits this run to 0.50 of "))
      let saved = try JSONDecoder().decode(
        RunRecord.self, from: Data(try #require(folder.text("run.json")).utf8))
      #expect(saved.passport.warnings?.contains { $0.contains("0.50 of") } == true)
      let process = try #require(saved.trials.first?.process)
      #expect(process.activity?.throttled != nil)
    }
  }

  /// A control group of version 1 or 2 with half a CPU; it goes with the value's last reference.
  final class HalfCPUGroup {
    private let folder: String
    let processes: String

    init?() {
      let name = "scaleup-test-\(UUID().uuidString)"
      for (root, file, text) in [
        ("/sys/fs/cgroup/cpu", "cpu.cfs_quota_us", "50000"), ("/sys/fs/cgroup", "cpu.max", "50000 100000"),
      ] {
        let folder = "\(root)/\(name)"
        guard mkdir(folder, 0o755) == 0 else { continue }
        if File.isRegular("\(folder)/\(file)"),
          (try? text.write(toFile: "\(folder)/\(file)", atomically: false, encoding: .utf8)) != nil,
          File.isRegular("\(folder)/cgroup.procs")
        {
          (self.folder, processes) = (folder, "\(folder)/cgroup.procs")
          return
        }
        rmdir(folder)
      }
      return nil
    }

    deinit {
      // The kernel takes a moment to let go of a process that has ended.
      try? waitUntil("the group is empty") { rmdir(folder) == 0 }
    }
  }
#endif
